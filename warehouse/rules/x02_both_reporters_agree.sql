-- code: W-X02
-- at: accident.deaths
-- message: 同一事故属地与行业填报不一致：本表 {value}，{hint}，请双方核对（核对前按行业填报计）

-- Domain rule X02: locality (属地) and industry (行业) agree in deaths, injuries and grade. The one who comes later is
-- asked, by what the other said last.
WITH figures AS NOT MATERIALIZED (
    SELECT
        accident.*,
        concat(
            '死亡 ', accident.deaths, ' 人、下落不明 ', accident.missing_persons, ' 人、重伤 ', accident.serious_injuries,
            ' 人、轻伤 ', accident.minor_injuries, ' 人、', grade.name
        ) AS said
    FROM form.accident
    INNER JOIN core.code AS grade ON grade.list = 'accident.grade' AND accident.grade = grade.code
),

told AS (
    SELECT DISTINCT ON (here.source_id)
        here.submission_id,
        here.source_row,
        here.said,
        other.unit_code,
        other.said AS other_said
    FROM arrived
    INNER JOIN figures AS here ON arrived.submission_id = here.submission_id
    INNER JOIN figures AS other
        ON
            here.accident_no = other.accident_no
            AND here.reporter_role <> other.reporter_role
            AND here.source_id > other.source_id
    ORDER BY
        here.source_id ASC,
        other.month DESC,
        other.source_id DESC
)

SELECT
    told.submission_id,
    told.source_row,
    told.said AS shown,
    unit.name || ' ' || told.other_said AS hint
FROM told
INNER JOIN core.unit ON told.unit_code = unit.code
WHERE told.said <> told.other_said
