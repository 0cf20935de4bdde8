-- Hazards by township and month: found and closed in it, open and overdue at its end. Each stands as it was last
-- listed: a due date that was put off later counts as if it had always been so.
--
-- What is open is added up from what begins and ends in each month, so that every hazard is looked at once, however
-- many months it was open: it begins to be open when it is found, and to be overdue when it is due; both end in the
-- month in which it is verified. What began before the first month that is known was there when that began.
CREATE OR REPLACE VIEW mart.hazard_stock AS
WITH latest AS (
    SELECT
        hazard.town_code,
        hazard.level = 'major' AS is_major,
        date_trunc('month', hazard.found_on)::date AS found_in,
        date_trunc('month', hazard.due_on)::date AS due_in,
        date_trunc('month', hazard.verified_on)::date AS verified_in
    FROM form.counted_hazard
    INNER JOIN form.hazard ON counted_hazard.source_id = hazard.source_id
),

known AS (
    SELECT
        min(month) AS first_month,
        max(month) AS last_month
    FROM form.known_month
),

span AS (
    SELECT
        latest.town_code,
        latest.is_major,
        state.is_overdue,
        state.begins_in,
        latest.verified_in AS ends_in
    FROM latest
    CROSS JOIN
        LATERAL (
            VALUES
            (FALSE, latest.found_in),
            (TRUE, CASE WHEN latest.due_in IS NOT NULL THEN greatest(latest.found_in, latest.due_in) END)
        ) AS state (is_overdue, begins_in)
    WHERE latest.verified_in IS NULL OR latest.verified_in > state.begins_in
),

change AS (
    SELECT
        town_code,
        found_in AS month, -- noqa: RF04
        1 AS found,
        0 AS closed,
        0 AS opened,
        0 AS overdue,
        0 AS major_opened
    FROM latest
    UNION ALL
    SELECT
        town_code,
        verified_in AS month, -- noqa: RF04
        0 AS found,
        1 AS closed,
        0 AS opened,
        0 AS overdue,
        0 AS major_opened
    FROM latest
    WHERE verified_in >= found_in
    UNION ALL
    SELECT
        span.town_code,
        greatest(edge.month, known.first_month) AS month, -- noqa: RF04
        0 AS found,
        0 AS closed,
        CASE WHEN span.is_overdue THEN 0 ELSE edge.sign END AS opened,
        CASE WHEN span.is_overdue THEN edge.sign ELSE 0 END AS overdue,
        CASE WHEN span.is_major AND NOT span.is_overdue THEN edge.sign ELSE 0 END AS major_opened
    FROM span
    CROSS JOIN known
    CROSS JOIN LATERAL (VALUES (span.begins_in, 1), (span.ends_in, -1)) AS edge (month, sign)
    WHERE edge.month <= known.last_month
),

changed AS (
    SELECT
        town_code,
        month,
        sum(found) AS found,
        sum(closed) AS closed,
        sum(opened) AS opened,
        sum(overdue) AS overdue,
        sum(major_opened) AS major_opened
    FROM change
    GROUP BY
        town_code,
        month
),

town AS (
    SELECT DISTINCT town_code
    FROM latest
)

SELECT
    town.town_code,
    unit.name AS town_name,
    known_month.month,
    coalesce(changed.found, 0)::bigint AS found,
    coalesce(changed.closed, 0)::bigint AS closed,
    coalesce(sum(changed.opened) OVER until_here, 0)::bigint AS open_at_end,
    coalesce(sum(changed.overdue) OVER until_here, 0)::bigint AS overdue_at_end,
    coalesce(sum(changed.major_opened) OVER until_here, 0)::bigint AS major_open_at_end
FROM town
CROSS JOIN form.known_month
INNER JOIN core.unit ON town.town_code = unit.code
LEFT JOIN changed ON town.town_code = changed.town_code AND known_month.month = changed.month
WINDOW until_here AS (PARTITION BY town.town_code ORDER BY known_month.month);

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
