-- For dashboards. An administrator grants it to people and programs that log in.
CREATE ROLE huizong_reader NOLOGIN;
