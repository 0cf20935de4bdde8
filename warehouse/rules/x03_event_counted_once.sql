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

-- What has arrived, on the days around it, so that it is joined on equal days and not with a whole year.
around AS MATERIALIZED (
    SELECT
        event.*,
        event.on_date + apart.days AS near_on
    FROM event
    INNER JOIN arrived ON event.submission_id = arrived.submission_id
    CROSS JOIN (VALUES (-1), (0), (1)) AS apart (days)
),

pair AS MATERIALIZED (
    SELECT
        here.source_id,
        other.source_id AS other_id
    FROM around AS here
    INNER JOIN event AS other
        ON
            here.kind = other.kind
            AND here.near_on = other.on_date
            AND here.unit_code <> other.unit_code
            AND here.source_id > other.source_id
            AND strpos(here.co_organizers, other.organizer) > 0
    WHERE here.co_organizers IS NOT NULL
    UNION
    SELECT
        here.source_id,
        other.source_id AS other_id
    FROM around AS here
    INNER JOIN event AS other
        ON
            here.kind = other.kind
            AND here.near_on = other.on_date
            AND here.unit_code <> other.unit_code
            AND here.source_id > other.source_id
            AND strpos(other.co_organizers, here.organizer) > 0
    WHERE other.co_organizers IS NOT NULL
    UNION
    SELECT
        here.source_id,
        other.source_id AS other_id
    FROM around AS here
    INNER JOIN event AS other
        ON
            here.kind = other.kind
            AND here.near_on = other.on_date
            AND here.unit_code <> other.unit_code
            AND here.source_id > other.source_id
            AND here.organizer = other.organizer
)

SELECT DISTINCT
    here.submission_id,
    here.source_row,
    here.title AS shown,
    unit.name || ' ' || other.on_date || '「' || other.title || '」' AS hint
FROM pair
INNER JOIN event AS here ON pair.source_id = here.source_id
INNER JOIN event AS other ON pair.other_id = other.source_id
INNER JOIN core.unit ON other.unit_code = unit.code
WHERE core.similarity(here.title, other.title) > 0.9
