-- A fingerprint of all values of a publication in the order of their keys, the same on every server and at any time.
WITH line AS (
    SELECT
        concat_ws(
            '|', indicator_id, unit_code, period_kind, start_on, end_on, dimension, member
        ) AS place,
        row(
            indicator_id,
            unit_code,
            period_kind,
            start_on,
            end_on,
            dimension,
            member,
            numerator,
            denominator,
            value,
            year_ago,
            change,
            change_rate,
            previous,
            reports_expected,
            reports_received,
            year_ago_expected,
            year_ago_received,
            reports_on_time
        )::text AS figures
    FROM mart.published_value
    WHERE
        from_publication <= :publication
        AND (to_publication IS NULL OR to_publication > :publication)
)

SELECT encode(sha256(convert_to(coalesce(string_agg(figures, e'\n' ORDER BY place COLLATE "C"), ''), 'UTF8')), 'hex')
FROM line
