-- code: W-X02
-- at: accident.deaths
-- message: 同一事故属地与行业填报不一致：本表 {value}，{hint}，请双方核对（核对前按行业填报计）

-- Domain rule X02: locality (属地) and industry (行业) agree in deaths, injuries and grade. The one who comes later is
-- asked, by what the other said last.
WITH figures AS (
    SELECT
        accident.*,
        concat(
            '死亡 ', accident.deaths, ' 人、下落不明 ', accident.missing_persons, ' 人、重伤 ', accident.serious_injuries,
            ' 人、轻伤 ', accident.minor_injuries, ' 人、', grade.name
        ) AS said
    FROM form.accident
    INNER JOIN core.code AS grade ON grade.list = 'accident.grade' AND accident.grade = grade.code
)

SELECT
    here.submission_id,
    here.source_row,
    here.said AS shown,
    unit.name || ' ' || other.said AS hint
FROM arrived
INNER JOIN figures AS here ON arrived.submission_id = here.submission_id
CROSS JOIN
    LATERAL (
        SELECT
            figures.unit_code,
            figures.said
        FROM figures
        WHERE
            figures.accident_no = here.accident_no
            AND figures.reporter_role <> here.reporter_role
            AND figures.source_id < here.source_id
        ORDER BY
            figures.month DESC,
            figures.source_id DESC
        LIMIT 1
    ) AS other
INNER JOIN core.unit ON other.unit_code = unit.code
WHERE here.said <> other.said
