-- The loader may do what a night and the acts of administrators do, and nothing else. Definitions (forms, units,
-- indicators, codes) and everything that is created belong to the owner. Rows of forms are added and never changed, but
-- for who is named in them (decision 27, warehouse/roles.py), and deleted only where a rule sends back what the same
-- transaction added; of a submission changes only what tells whether, since when and until when it holds.
REVOKE ALL ON ALL TABLES IN SCHEMA core, form_data, form, mart FROM huizong_loader;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA core, mart FROM huizong_loader;
GRANT USAGE ON SCHEMA core, form_data, form, mart TO huizong_loader;
GRANT SELECT ON ALL TABLES IN SCHEMA core, form_data, form, mart TO huizong_loader;

GRANT INSERT, DELETE ON ALL TABLES IN SCHEMA form_data TO huizong_loader;
GRANT INSERT ON core.file, core.seen, core.submission, core.issue, core.run, core.message TO huizong_loader;
GRANT INSERT ON core.audit, core.month, core.backfill, core.backfill_month TO huizong_loader;
GRANT INSERT ON mart.publication, mart.published_value, mart.audit_finding TO huizong_loader;
GRANT USAGE ON SEQUENCE core.file_file_id_seq, core.submission_submission_id_seq TO huizong_loader;

GRANT UPDATE (moment) ON core.clock TO huizong_loader;
GRANT UPDATE (mark, files) ON core.seen TO huizong_loader;
GRANT UPDATE (status, revision, recorded_from, recorded_to, errors, warnings, audit_id)
ON core.submission TO huizong_loader;
GRANT UPDATE (state) ON core.month TO huizong_loader;
GRANT UPDATE (finished_at, summary, failure) ON core.run TO huizong_loader;
GRANT UPDATE (claimed_at, sent_at, error) ON core.message TO huizong_loader;
GRANT UPDATE (finished_at) ON core.backfill TO huizong_loader;
GRANT UPDATE (checksum) ON mart.publication TO huizong_loader;
GRANT UPDATE (to_publication) ON mart.published_value TO huizong_loader;

-- What is kept from one night to the next is made anew by each.
GRANT INSERT, DELETE ON core.computed_sum, core.computed_report, core.computed_state TO huizong_loader;

-- To take statistics of what has just come. Older servers leave that to the owner and to autovacuum.
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON core.submission TO huizong_loader';
        EXECUTE 'GRANT MAINTAIN ON ALL TABLES IN SCHEMA form_data TO huizong_loader';
    END IF;
END $$;
