-- What happened to credits, for products that react to it: an event that Kafka does not have yet. Written in the
-- transaction of its ledger entry, removed when Kafka has acknowledged it. A row's id is its place: the entries of an
-- account commit one after the other, so the ids of an account's events rise with seq.
CREATE TABLE credit_event (
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    account_id   bigint      NOT NULL,
    seq          bigint      NOT NULL,
    period_limit bigint      NOT NULL,
    period_end   timestamptz(0) NOT NULL,
    type         text        NOT NULL,
    plan_before  text,
    plan         text,
    CONSTRAINT event_has_a_place PRIMARY KEY (id),
    CONSTRAINT event_type_is_known CHECK (type IN ('refreshed', 'low', 'exhausted', 'plan_changed')),
    CONSTRAINT plan_change_says_both_plans CHECK (
        num_nonnulls(plan_before, plan) = CASE WHEN type = 'plan_changed' THEN 2 ELSE 0 END)
);

COMMENT ON COLUMN credit_event.seq IS 'of the ledger entry that tells the rest';
COMMENT ON COLUMN credit_event.period_limit IS 'what the account was granted in its period, as of that entry';

-- Both functions are called only while the command "events on" has made their triggers: switched off, they cost nothing.
-- They run with the rights of whoever writes the entry, and read accounts as that statement leaves them.
CREATE FUNCTION note_credit_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    low_percent CONSTANT bigint := TG_ARGV[0]::bigint;
BEGIN
    INSERT INTO credit_event (account_id, seq, period_limit, period_end, type)
    SELECT e.account_id, e.seq, a.granted_this_period, a.period_end, happened.type
    FROM written e
    JOIN credit_account a ON a.id = e.account_id
    CROSS JOIN LATERAL (
        SELECT a.granted_this_period * low_percent / 100 AS low
    ) threshold
    CROSS JOIN LATERAL (
        VALUES
            (1, 'refreshed', e.type IN ('REFRESH', 'MANUAL_REFRESH')),
            (2, 'low', e.amount < 0 AND threshold.low > 0
                AND e.balance_before > threshold.low AND e.balance_after <= threshold.low),
            (3, 'exhausted', e.amount < 0 AND e.balance_after = 0)
    ) happened (rank, type, is_so)
    WHERE (e.amount < 0 OR e.type IN ('REFRESH', 'MANUAL_REFRESH'))
        -- What a spend takes from the other view too is no news of its own.
        AND e.type <> 'MIRROR'
        AND happened.is_so
    ORDER BY e.account_id, e.seq, happened.rank;
    RETURN NULL;
END
$$;

-- On the account, because an entry's metadata tell the plans of what was bought, not always those of the account.
CREATE FUNCTION note_plan_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO credit_event (account_id, seq, period_limit, period_end, type, plan_before, plan)
    SELECT e.account_id, e.seq, NEW.granted_this_period, NEW.period_end, 'plan_changed', OLD.plan, NEW.plan
    FROM ledger_entry e
    WHERE e.account_id = NEW.id
        AND e.seq = NEW.version;
    RETURN NULL;
END
$$;

-- Whoever writes entries writes events; the planner sends them.
GRANT INSERT ON credit_event TO credit_worker, credit_api, credit_operator;
GRANT SELECT ON credit_event TO credit_api, credit_operator;
GRANT SELECT, DELETE ON credit_event TO credit_planner;
GRANT SELECT (account_id, seq, type, amount, balance_after, granted, lapsed, carried, period_start, created_at)
    ON ledger_entry TO credit_planner;
GRANT SELECT (id, user_id) ON subscriber TO credit_planner;
