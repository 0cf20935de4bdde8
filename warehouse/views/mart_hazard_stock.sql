-- Hazards by township and month: found and closed in it, open and overdue at its end. Each stands as it was last
-- listed: a due date that was put off later counts as if it had always been so.
CREATE OR REPLACE VIEW mart.hazard_stock AS
WITH latest AS (
    SELECT
        hazard.town_code,
        hazard.level,
        hazard.found_on,
        hazard.verified_on,
        hazard.due_on
    FROM form.counted_hazard
    INNER JOIN form.hazard ON counted_hazard.source_id = hazard.source_id
),

town AS (
    SELECT DISTINCT town_code
    FROM latest
),

line AS (
    SELECT
        town.town_code,
        known_month.month,
        (known_month.month + interval '1 month')::date AS next_month
    FROM town
    CROSS JOIN form.known_month
),

state AS (
    SELECT
        line.town_code,
        line.month,
        latest.level = 'major' AS is_major,
        latest.found_on >= line.month AS is_found,
        latest.verified_on >= line.month AND latest.verified_on < line.next_month AS is_closed,
        latest.verified_on IS NULL OR latest.verified_on >= line.next_month AS is_open,
        latest.due_on < line.next_month AS is_due
    FROM line
    LEFT JOIN latest ON line.town_code = latest.town_code AND line.next_month > latest.found_on
)

SELECT
    state.town_code,
    unit.name AS town_name,
    state.month,
    count(*) FILTER (WHERE state.is_found) AS found,
    count(*) FILTER (WHERE state.is_closed) AS closed,
    count(*) FILTER (WHERE state.is_major IS NOT NULL AND state.is_open) AS open_at_end,
    count(*) FILTER (WHERE state.is_open AND state.is_due) AS overdue_at_end,
    count(*) FILTER (WHERE state.is_open AND state.is_major) AS major_open_at_end
FROM state
INNER JOIN core.unit ON state.town_code = unit.code
GROUP BY
    state.town_code,
    unit.name,
    state.month;

COMMENT ON VIEW mart.hazard_stock IS
'隐患存量，一行一个乡镇街道一个月 [hazards found, closed and open, by township and month]';
COMMENT ON COLUMN mart.hazard_stock.town_code IS '隐患所在乡镇街道代码 [code of the township]';
COMMENT ON COLUMN mart.hazard_stock.town_name IS '隐患所在乡镇街道 [township]';
COMMENT ON COLUMN mart.hazard_stock.month IS '月份，当月 1 日 [first day of the month]';
COMMENT ON COLUMN mart.hazard_stock.found IS '当月排查出的隐患数 [found in the month]';
COMMENT ON COLUMN mart.hazard_stock.closed IS '当月验收销号的隐患数 [closed in the month]';
COMMENT ON COLUMN mart.hazard_stock.open_at_end IS '月末未销号的隐患数 [open at the end of the month]';
COMMENT ON COLUMN mart.hazard_stock.overdue_at_end IS
'月末超过整改时限未销号的隐患数 [open and overdue at the end of the month]';
COMMENT ON COLUMN mart.hazard_stock.major_open_at_end IS
'月末未销号的重大隐患数 [major ones open at the end of the month]';
