-- Every period of every indicator is wanted.
INSERT INTO needed
SELECT
    setting.indicator_id,
    period.kind AS period_kind,
    period.start_on,
    period.end_on,
    TRUE AS is_wanted
FROM indicator_setting AS setting
CROSS JOIN period
