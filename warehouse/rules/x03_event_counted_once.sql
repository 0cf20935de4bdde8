-- code: W-X03
-- at: training.title, drill.drill_name, publicity.title
-- message: 与{hint}是同一次活动，只计举办单位一次；请双方商定由谁填报

-- Domain rule X03: trainings, drills and activities of two units, at most a day apart, of nearly the same title,
-- where one names the other's organizer as its own or beside it. Titles are alike by core.similarity above 0.9.
WITH event AS (
    SELECT
        'training' AS kind,
        source_id,
        submission_id,
        source_row,
        unit_code,
        ended_on AS on_date,
        title,
        organizer,
        co_organizers
    FROM form.training
    UNION ALL
    SELECT
        'drill' AS kind,
        source_id,
        submission_id,
        source_row,
        unit_code,
        held_on AS on_date,
        drill_name AS title,
        organizer,
        co_organizers
    FROM form.drill
    UNION ALL
    SELECT
        'activity' AS kind,
        source_id,
        submission_id,
        source_row,
        unit_code,
        held_on AS on_date,
        title,
        organizer,
        co_organizers
    FROM form.publicity
),

-- Each event on the days around it, so that events are joined on equal days and not a whole year with a whole year.
around AS MATERIALIZED (
    SELECT
        event.*,
        event.on_date + apart.days AS near_on
    FROM event
    CROSS JOIN (VALUES (-1), (0), (1)) AS apart (days)
),

pair AS (
    SELECT
        one.source_id AS one_id,
        other.source_id AS other_id
    FROM around AS one
    INNER JOIN event AS other
        ON
            one.kind = other.kind
            AND one.near_on = other.on_date
            AND one.unit_code <> other.unit_code
            AND strpos(one.co_organizers, other.organizer) > 0
    WHERE one.co_organizers IS NOT NULL
    UNION
    SELECT
        one.source_id AS one_id,
        other.source_id AS other_id
    FROM around AS one
    INNER JOIN event AS other
        ON
            one.kind = other.kind
            AND one.near_on = other.on_date
            AND one.organizer = other.organizer
            AND one.unit_code < other.unit_code
)

SELECT DISTINCT
    here.submission_id,
    here.source_row,
    here.title AS shown,
    unit.name || ' ' || other.on_date || '「' || other.title || '」' AS hint
FROM pair
INNER JOIN event AS here ON greatest(pair.one_id, pair.other_id) = here.source_id
INNER JOIN event AS other ON least(pair.one_id, pair.other_id) = other.source_id
INNER JOIN arrived ON here.submission_id = arrived.submission_id
INNER JOIN core.unit ON other.unit_code = unit.code
WHERE core.similarity(here.title, other.title) > 0.9
