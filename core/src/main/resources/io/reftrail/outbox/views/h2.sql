-- The view reftrail_attribution for H2 2.2 and later: each conversion of a customer, divided among the touches by each model, as the enum
-- AttributionModel does. Run this script after R__reftrail_outbox.sql; it can be run again. For tables of another prefix, replace
-- reftrail_ in a copy. A condition on occurred_at is used before anything is divided, so name a period.
CREATE OR REPLACE VIEW reftrail_attribution AS
SELECT
    model, customer_id, kind, conversion_id, occurred_at, currency,
    touch_no, touches, touched_at, origin, source, utm_medium, utm_campaign, utm_term, utm_content, ad_parameter, backend, partner_code,
    ROUND(1.000000000000 * up_to / total, 6) - ROUND(1.000000000000 * (up_to - weight) / total, 6) AS share,
    ROUND(amount * 1.000000000000 * up_to / total, decimals) - ROUND(amount * 1.000000000000 * (up_to - weight) / total, decimals) AS amount
FROM (
    SELECT
        weighed.*,
        SUM(weight) OVER (
            PARTITION BY occurred_at, customer_id, kind, conversion_id, model
            ORDER BY touch_no ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS up_to,
        SUM(weight) OVER (PARTITION BY occurred_at, customer_id, kind, conversion_id, model) AS total
    FROM (
        SELECT
            numbered.*,
            models.model,
            CASE models.model
                WHEN 'first-touch' THEN CASE WHEN position_no = 1 THEN 1 ELSE 0 END
                WHEN 'last-touch' THEN CASE WHEN position_no = touches THEN 1 ELSE 0 END
                WHEN 'last-non-direct' THEN CASE WHEN touch_no = COALESCE(last_non_direct, last_no) THEN 1 ELSE 0 END
                WHEN 'linear' THEN 1
                WHEN 'position-based' THEN CASE WHEN touches > 2 AND position_no IN (1, touches) THEN 2 * (touches - 2) ELSE 1 END
                ELSE CAST(ROUND(1000000000 * POWER(0.5, DATEDIFF(SECOND, touched_at, last_at) / 604800.0)) AS DECIMAL(20, 0))
            END AS weight
        FROM (
            SELECT
                c.customer_id, c.kind, c.conversion_id, c.occurred_at, c.amount, c.decimals, c.currency,
                t.touch_no, t.touched_at, t.origin, t.source, t.utm_medium, t.utm_campaign, t.utm_term, t.utm_content,
                t.ad_parameter, t.backend, t.partner_code,
                ROW_NUMBER() OVER (
                    PARTITION BY c.occurred_at, c.customer_id, c.kind, c.conversion_id ORDER BY t.touch_no) AS position_no,
                COUNT(*) OVER (PARTITION BY c.occurred_at, c.customer_id, c.kind, c.conversion_id) AS touches,
                MAX(t.touch_no) OVER (PARTITION BY c.occurred_at, c.customer_id, c.kind, c.conversion_id) AS last_no,
                MAX(t.touched_at) OVER (PARTITION BY c.occurred_at, c.customer_id, c.kind, c.conversion_id) AS last_at,
                MAX(CASE WHEN t.direct = 0 THEN t.touch_no END) OVER (
                    PARTITION BY c.occurred_at, c.customer_id, c.kind, c.conversion_id) AS last_non_direct
            FROM reftrail_conversion c
            JOIN reftrail_touch t ON t.customer_id = c.customer_id AND t.replaced_at IS NULL
        ) numbered
        CROSS JOIN (
            SELECT 'first-touch' AS model UNION ALL SELECT 'last-touch' UNION ALL SELECT 'last-non-direct'
            UNION ALL SELECT 'linear' UNION ALL SELECT 'position-based' UNION ALL SELECT 'time-decay'
        ) models
    ) weighed
) divided;
