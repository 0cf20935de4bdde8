-- code: E-F12-02
-- at: responsibility.letters_signed
-- message: 已签责任书是全年累计数：本表 {value} 份，{hint}，累计数不能减少，请核对

-- Domain rules P-F12-02 and P05: letters are counted since January, so within a year no month has fewer than one
-- before. Of two that contradict each other the one that arrived later is asked.
SELECT DISTINCT ON (here.source_id)
    here.submission_id,
    here.source_row,
    here.letters_signed::text AS shown,
    concat(to_char(other.month, 'YYYY-MM'), ' 为 ', other.letters_signed, ' 份') AS hint
FROM arrived
INNER JOIN form.responsibility AS here ON arrived.submission_id = here.submission_id
INNER JOIN form.responsibility AS other
    ON
        here.unit_code = other.unit_code
        AND here.source_id > other.source_id
        AND date_trunc('year', here.month) = date_trunc('year', other.month)
WHERE
    (other.month < here.month AND other.letters_signed > here.letters_signed)
    OR (other.month > here.month AND other.letters_signed < here.letters_signed)
ORDER BY
    here.source_id ASC,
    other.month DESC
