-- Re-adds the whole ledger and returns one row per violated invariant and account; a sound ledger returns none.
-- Reads only, in one snapshot. Runs as it is in psql.
WITH chained AS (
    SELECT
        account_id,
        seq,
        type,
        amount,
        balance_before,
        balance_after,
        lag(seq, 1, 0::bigint) OVER w AS previous_seq,
        lag(balance_after, 1, 0::bigint) OVER w AS previous_balance
    FROM ledger_entry
    WINDOW w AS (PARTITION BY account_id ORDER BY seq)
),
summed AS (
    -- What an import of an older version took over as bonus is not known: then nothing can be said of the bonus.
    SELECT
        account_id,
        sum(amount) AS balance,
        sum(coalesce(bonus_change, carried, 0)) AS bonus,
        bool_or(type = 'IMPORT' AND bonus_change IS NULL) AS bonus_is_unknown,
        max(seq) AS last_seq
    FROM ledger_entry
    GROUP BY account_id
),
refreshed AS (
    SELECT account_id, period_start, count(*) AS refreshes
    FROM ledger_entry
    WHERE type = 'REFRESH'
    GROUP BY account_id, period_start
),
latest AS (
    SELECT account_id, max(period_start) AS period_start
    FROM refreshed
    GROUP BY account_id
),
hashed AS (
    SELECT id, ('x' || substr(encode(sha256(convert_to(user_id, 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint AS first_bytes
    FROM subscriber
),
slotted AS (
    -- The same hash as an unsigned number: bigint is signed, and 2^64 modulo 1440 is 736.
    SELECT id, mod(mod(first_bytes, 1440) + CASE WHEN first_bytes < 0 THEN 736 ELSE 0 END + 1440, 1440) AS slot
    FROM hashed
),
scheduled AS (
    SELECT
        a.id,
        a.phase,
        h.slot,
        date_part('epoch', a.refresh_at)::bigint AS refresh_second,
        a.refresh_at,
        a.period_end,
        s.refresh_hold OR s.billing_state = 'past_due' AS is_off
    FROM credit_account a
    JOIN subscriber s ON s.id = a.subscriber_id
    JOIN slotted h ON h.id = s.id
)
SELECT 'balance_is_the_sum_of_entries' AS invariant, a.id AS account_id,
    format('allowance %s + bonus %s, entries %s', a.allowance, a.bonus, coalesce(s.balance::text, 'none')) AS detail
FROM credit_account a
LEFT JOIN summed s ON s.account_id = a.id
WHERE s.balance IS DISTINCT FROM a.allowance + a.bonus
UNION ALL
SELECT 'bonus_is_the_sum_of_its_changes', a.id, format('bonus %s, changes %s', a.bonus, s.bonus)
FROM credit_account a
JOIN summed s ON s.account_id = a.id
WHERE NOT s.bonus_is_unknown
    AND s.bonus <> a.bonus
UNION ALL
SELECT 'version_is_the_last_entry', a.id, format('version %s, last entry %s', a.version, coalesce(s.last_seq::text, 'none'))
FROM credit_account a
LEFT JOIN summed s ON s.account_id = a.id
WHERE s.last_seq IS DISTINCT FROM a.version
UNION ALL
SELECT 'entries_have_no_gap', account_id, format('entry %s follows %s', seq, previous_seq)
FROM chained
WHERE seq <> previous_seq + 1
UNION ALL
SELECT 'entries_are_chained', account_id,
    format('entry %s starts at %s, the one before ended at %s', seq, balance_before, previous_balance)
FROM chained
WHERE balance_before <> previous_balance
UNION ALL
SELECT 'one_refresh_per_period', account_id, format('%s refreshes into %s', refreshes, period_start)
FROM refreshed
WHERE refreshes > 1
UNION ALL
SELECT 'entry_belongs_to_an_account', s.account_id, format('%s entries of no account', s.last_seq)
FROM summed s
LEFT JOIN credit_account a ON a.id = s.account_id
WHERE a.id IS NULL
UNION ALL
SELECT 'period_is_the_last_refreshed_one', a.id, format('period from %s, refreshed into %s', a.period_start, l.period_start)
FROM credit_account a
JOIN latest l ON l.account_id = a.id
WHERE a.period_start < l.period_start
UNION ALL
SELECT 'schedule_follows_the_slot', id,
    format('slot %s, phase %s, refresh_at %s, period_end %s', slot, phase, refresh_at, period_end)
FROM scheduled
WHERE refresh_at IS NOT NULL
    AND (mod(refresh_second, 60) <> 0
        OR mod(refresh_second / 60, 43200) <> phase
        OR mod(phase, 1440) <> slot
        OR refresh_at < period_end)
UNION ALL
SELECT 'off_the_schedule_exactly_while_on_hold_or_past_due', id,
    format('refresh_at %s, on hold or past due: %s', coalesce(refresh_at::text, 'none'), is_off)
FROM scheduled
WHERE is_off <> (refresh_at IS NULL)
UNION ALL
SELECT 'account_agrees_with_its_subscriber', a.id,
    format('plan %s/%s, billing state %s/%s, refresh day %s/%s',
        a.plan, s.plan_code, a.billing_state, s.billing_state, a.refresh_day, s.refresh_day)
FROM credit_account a
JOIN subscriber s ON s.id = a.subscriber_id
WHERE (a.plan, a.billing_state) <> (s.plan_code, s.billing_state)
    OR a.refresh_day IS DISTINCT FROM s.refresh_day
ORDER BY 1, 2
