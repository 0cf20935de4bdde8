-- Trainings, one row for each number of a unit: a ledger may list one again in a later month, which then wins. The same
-- number from two units is two trainings; who held a joint one is a question across units (rule X03).
CREATE OR REPLACE VIEW form.counted_training AS
SELECT DISTINCT ON (unit_code, training_no)
    source_id,
    unit_code,
    training_no,
    ended_on,
    category,
    organizer_level,
    participants,
    examined,
    passed
FROM form.training
ORDER BY
    unit_code ASC,
    training_no ASC,
    month DESC,
    source_id DESC;
