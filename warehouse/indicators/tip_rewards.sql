-- id: tip_rewards
-- code: TIP04
-- name: 举报奖励金额
-- name_en: rewards for tips
-- definition: 办结日期在期内的举报的奖励金额之和，按办结日期而不按发放日期计；未办结的不计。
-- unit: 元
-- better: none
-- over_time: sum
-- compare: year_ago, to_date
-- source: tip
-- decimals: 2

-- In the month in which the tip was closed, as F12 has no day of payment.
SELECT
    source_id,
    unit_code,
    closed_on AS on_date,
    reward_yuan AS numerator,
    NULL::bigint AS denominator
FROM form.counted_tip
WHERE
    reward_yuan > 0
    AND closed_on IS NOT NULL
