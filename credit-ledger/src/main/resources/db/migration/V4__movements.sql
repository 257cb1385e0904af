-- What part of an entry's amount was the bonus. A refresh and an upgrade say it in carried; NULL there, and in entries
-- that are older than this column, so that neither pays for it.
ALTER TABLE ledger_entry ADD COLUMN bonus_change bigint;

COMMENT ON COLUMN ledger_entry.bonus_change IS
    'change of the bonus; NULL: what was carried, or unknown in an IMPORT of an older version';

-- NOT VALID: there are no such entries yet, and the ledger need not be read for it.
ALTER TABLE ledger_entry
    ADD CONSTRAINT spend_takes_what_it_says CHECK (
        type <> 'CONSUME' OR (amount < 0 AND bonus_change BETWEEN amount AND 0 AND idempotency_key IS NOT NULL))
        NOT VALID,
    ADD CONSTRAINT refund_gives_back CHECK (
        type <> 'REFUND' OR (amount > 0 AND bonus_change BETWEEN 0 AND amount AND idempotency_key IS NOT NULL))
        NOT VALID,
    ADD CONSTRAINT change_of_settings_moves_no_credit CHECK (
        type NOT IN ('SETTINGS', 'DOWNGRADE') OR amount = 0)
        NOT VALID,
    ADD CONSTRAINT grant_takes_nothing CHECK (
        type NOT IN ('PROVISION', 'IMPORT', 'MANUAL_REFRESH', 'RESET', 'UPGRADE', 'SYNC', 'PURCHASE') OR amount >= 0)
        NOT VALID;

-- Answers to writes that have had their effect, so that a repetition gets the first one. Written in the transaction of
-- the effect: the primary key decides between two that come at once. A spend's answer is its entries.
CREATE TABLE idempotency (
    scope        bigint      NOT NULL,
    created_at   timestamptz NOT NULL,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    answer       text,
    CONSTRAINT one_answer_per_scope_and_key PRIMARY KEY (scope, key),
    CONSTRAINT idempotency_key_has_1_to_255_characters CHECK (char_length(key) BETWEEN 1 AND 255),
    CONSTRAINT request_hash_is_a_sha256 CHECK (octet_length(request_hash) = 32)
);

COMMENT ON COLUMN idempotency.scope IS 'subscriber id; 0 for a write that began before there was one';

-- For removing what is old: rows come in the order of time, so a summary per block range is enough.
CREATE INDEX idempotency_by_age ON idempotency USING brin (created_at);

-- What people have done by their privileges, in the transaction of the deed.
CREATE TABLE audit_entry (
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    created_at    timestamptz NOT NULL,
    subscriber_id bigint,
    actor         text        NOT NULL,
    role          text        NOT NULL,
    action        text        NOT NULL,
    reason        text,
    before        jsonb,
    after         jsonb,
    CONSTRAINT audit_id_is_unique PRIMARY KEY (id)
);

CREATE INDEX audit_by_subscriber ON audit_entry (subscriber_id, id) WHERE subscriber_id IS NOT NULL;

CREATE FUNCTION refuse_change_of_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entry is append-only: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_entry();

CREATE VIEW credit_audit_log AS
SELECT
    e.created_at,
    s.user_id,
    a.kind,
    e.type AS action,
    e.actor,
    e.reason,
    e.amount,
    e.balance_before,
    e.balance_after,
    e.metadata AS details
FROM ledger_entry e
JOIN credit_account a ON a.id = e.account_id
JOIN subscriber s ON s.id = a.subscriber_id
UNION ALL
SELECT
    u.created_at,
    s.user_id,
    NULL,
    u.action,
    u.actor,
    u.reason,
    NULL,
    NULL,
    NULL,
    jsonb_build_object('role', u.role, 'before', u.before, 'after', u.after)
FROM audit_entry u
LEFT JOIN subscriber s ON s.id = u.subscriber_id;

CREATE VIEW usage_counters AS
SELECT
    s.user_id,
    a.kind,
    a.period_start,
    a.period_end,
    a.granted_this_period AS usage_limit,
    GREATEST(a.granted_this_period - a.allowance, 0) AS used,
    a.allowance + a.bonus AS remaining
FROM credit_account a
JOIN subscriber s ON s.id = a.subscriber_id;

-- The API moves credits by users' and operators' wish, and keeps their answers.
GRANT INSERT ON subscriber, credit_account, ledger_entry, refresh_batch TO credit_api;
GRANT UPDATE (email, plan_code, billing_state, refresh_hold, refresh_day) ON subscriber TO credit_api, credit_operator;
GRANT UPDATE (
        plan, billing_state, paid_until, refresh_day, custom_allowance, allowance, bonus, granted_this_period,
        period_start, period_end, refresh_at, phase, version)
    ON credit_account TO credit_api, credit_operator;
GRANT DELETE ON refresh_failure TO credit_api, credit_operator;
GRANT SELECT, INSERT, DELETE ON idempotency TO credit_api;
GRANT SELECT, INSERT ON audit_entry TO credit_api, credit_operator;
GRANT INSERT ON plan, plan_allowance TO credit_api;
GRANT UPDATE (amount, rollover_cap) ON plan_allowance TO credit_api;
GRANT INSERT ON refresh_batch TO credit_operator;
GRANT SELECT ON credit_audit_log, usage_counters TO credit_api, credit_operator;
