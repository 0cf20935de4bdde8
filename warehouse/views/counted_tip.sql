-- Tips, one row each: the later month says how one stands.
CREATE OR REPLACE VIEW form.counted_tip AS
SELECT DISTINCT ON (tip_no)
    source_id,
    unit_code,
    tip_no,
    received_on,
    category,
    accepted,
    finding,
    due_on,
    closed_on,
    reward_yuan
FROM form.tip
ORDER BY
    tip_no ASC,
    month DESC,
    source_id DESC;
