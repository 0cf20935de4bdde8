-- The days on which an officer of a place was trained, each with the first report that says so. A register shows only
-- the last training of an officer, so every month's register is read: a training is not forgotten when a later one
-- replaces it, or when the register of the month itself never came.
CREATE OR REPLACE VIEW form.officer_training AS
SELECT DISTINCT ON (place_code, last_trained_on)
    source_id,
    place_code,
    last_trained_on AS trained_on
FROM form.officer
WHERE last_trained_on IS NOT NULL
ORDER BY
    place_code ASC,
    last_trained_on ASC,
    month ASC,
    source_id ASC;
