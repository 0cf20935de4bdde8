-- The reader may read what is published and nothing else: no other schema is opened to it.
GRANT USAGE ON SCHEMA mart TO huizong_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA mart TO huizong_reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA mart GRANT SELECT ON TABLES TO huizong_reader;
