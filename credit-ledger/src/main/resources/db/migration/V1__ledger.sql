-- Catalogue: what a plan gives, per credit kind. The row in force at a period's start decides its amount.
CREATE TABLE plan (
    code text NOT NULL,
    CONSTRAINT plan_code_is_unique PRIMARY KEY (code),
    CONSTRAINT plan_code_is_a_short_lower_case_word CHECK (code ~ '^[a-z][a-z0-9_-]{0,31}$')
);

CREATE TABLE plan_allowance (
    plan_code    text        NOT NULL,
    kind         text        NOT NULL,
    valid_from   timestamptz NOT NULL DEFAULT '-infinity',
    amount       bigint      NOT NULL,
    rollover_cap bigint      DEFAULT 0,
    CONSTRAINT one_allowance_per_plan_kind_and_start PRIMARY KEY (plan_code, kind, valid_from),
    CONSTRAINT allowance_belongs_to_a_plan FOREIGN KEY (plan_code) REFERENCES plan (code),
    CONSTRAINT allowance_kind_is_known CHECK (kind IN ('credits', 'analysis', 'roast')),
    CONSTRAINT allowance_amount_is_in_range CHECK (amount BETWEEN 0 AND 1000000000000000),
    CONSTRAINT rollover_cap_is_not_negative CHECK (rollover_cap >= 0)
);

COMMENT ON COLUMN plan_allowance.valid_from IS 'the first row of a plan and kind is valid from -infinity';
COMMENT ON COLUMN plan_allowance.rollover_cap IS
    'how much of an unused allowance a refresh carries over to bonus; 0: nothing, it lapses; NULL: all of it';

CREATE TABLE subscriber (
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    created_at    timestamptz NOT NULL,
    user_id       text        NOT NULL,
    email         text,
    plan_code     text        NOT NULL,
    billing_state text        NOT NULL DEFAULT 'active',
    refresh_hold  boolean     NOT NULL DEFAULT false,
    refresh_day   smallint,
    CONSTRAINT subscriber_id_is_unique PRIMARY KEY (id),
    CONSTRAINT user_id_is_unique UNIQUE (user_id),
    CONSTRAINT user_id_has_1_to_128_characters CHECK (char_length(user_id) BETWEEN 1 AND 128),
    CONSTRAINT email_has_at_most_320_characters CHECK (char_length(email) <= 320),
    CONSTRAINT subscriber_plan_is_in_the_catalogue FOREIGN KEY (plan_code) REFERENCES plan (code),
    CONSTRAINT subscriber_billing_state_is_known CHECK (billing_state IN ('active', 'past_due', 'cancelled')),
    CONSTRAINT subscriber_refresh_day_is_a_day_of_a_month CHECK (refresh_day BETWEEN 1 AND 31)
);

-- All that a refresh reads is in this row, so that it reads no other. No index and no index predicate names a column
-- that a regular refresh changes: with the free tenth of each page that keeps every refresh a HOT update.
-- Periods are in whole seconds, timestamptz(0): they travel as epoch seconds, and jobs and failures name them by one.
CREATE TABLE credit_account (
    id                  bigint      GENERATED ALWAYS AS IDENTITY,
    subscriber_id       bigint      NOT NULL,
    allowance           bigint      NOT NULL,
    bonus               bigint      NOT NULL,
    granted_this_period bigint      NOT NULL,
    custom_allowance    bigint,
    period_start        timestamptz(0) NOT NULL,
    period_end          timestamptz(0) NOT NULL,
    refresh_at          timestamptz(0),
    paid_until          timestamptz(0),
    version             bigint      NOT NULL,
    phase               integer,
    refresh_day         smallint,
    kind                text        NOT NULL,
    plan                text        NOT NULL,
    billing_state       text        NOT NULL DEFAULT 'active',
    CONSTRAINT account_id_is_unique PRIMARY KEY (id),
    CONSTRAINT one_account_per_subscriber_and_kind UNIQUE (subscriber_id, kind),
    CONSTRAINT account_belongs_to_a_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
    CONSTRAINT account_kind_is_known CHECK (kind IN ('credits', 'analysis', 'roast')),
    CONSTRAINT account_plan_is_in_the_catalogue FOREIGN KEY (plan) REFERENCES plan (code),
    CONSTRAINT account_billing_state_is_known CHECK (billing_state IN ('active', 'past_due', 'cancelled')),
    CONSTRAINT account_refresh_day_is_a_day_of_a_month CHECK (refresh_day BETWEEN 1 AND 31),
    CONSTRAINT allowance_is_not_negative CHECK (allowance >= 0),
    CONSTRAINT bonus_is_not_negative CHECK (bonus >= 0),
    CONSTRAINT granted_this_period_is_not_negative CHECK (granted_this_period >= 0),
    CONSTRAINT custom_allowance_is_in_range CHECK (custom_allowance BETWEEN 0 AND 1000000000000000),
    CONSTRAINT period_ends_after_it_starts CHECK (period_end > period_start),
    CONSTRAINT refresh_is_not_before_the_period_ends CHECK (refresh_at >= period_end),
    CONSTRAINT phase_goes_with_refresh_at CHECK ((refresh_at IS NULL) = (phase IS NULL)),
    CONSTRAINT phase_is_a_minute_of_30_days CHECK (phase BETWEEN 0 AND 43199),
    CONSTRAINT version_counts_from_1 CHECK (version >= 1)
) WITH (fillfactor = 90);

COMMENT ON COLUMN credit_account.phase IS 'epoch minute of refresh_at modulo 43,200; modulo 1,440 it is the slot';
COMMENT ON COLUMN credit_account.refresh_at IS 'when the planner emits the refresh job; NULL exactly while on hold or past due';
COMMENT ON COLUMN credit_account.version IS 'sequence number of the account''s last ledger entry';

CREATE INDEX account_by_phase ON credit_account (phase, id);

-- No foreign key to credit_account: it would cost every refresh a lookup, accounts are never deleted, and the audit
-- looks for orphans.
CREATE TABLE ledger_entry (
    account_id      bigint      NOT NULL,
    seq             bigint      NOT NULL,
    created_at      timestamptz NOT NULL,
    period_start    timestamptz(0) NOT NULL,
    amount          bigint      NOT NULL,
    balance_before  bigint      NOT NULL,
    balance_after   bigint      NOT NULL,
    granted         bigint,
    lapsed          bigint,
    carried         bigint,
    run_date        date,
    type            text        NOT NULL,
    actor           text        NOT NULL,
    reason          text,
    idempotency_key text,
    metadata        jsonb,
    CONSTRAINT one_entry_per_account_and_seq PRIMARY KEY (account_id, seq),
    CONSTRAINT seq_counts_from_1 CHECK (seq >= 1),
    CONSTRAINT amount_is_the_change_of_the_balance CHECK (amount = balance_after - balance_before),
    CONSTRAINT balance_is_not_negative CHECK (balance_before >= 0 AND balance_after >= 0),
    CONSTRAINT parts_are_not_negative CHECK (granted >= 0 AND lapsed >= 0 AND carried >= 0),
    CONSTRAINT refresh_says_what_it_granted_and_what_lapsed CHECK (
        type <> 'REFRESH'
        OR (granted IS NOT NULL AND lapsed IS NOT NULL AND carried IS NOT NULL AND run_date IS NOT NULL
            AND amount = granted - lapsed)),
    CONSTRAINT type_is_known CHECK (type IN (
        'PROVISION', 'IMPORT', 'REFRESH', 'MANUAL_REFRESH', 'RESET', 'UPGRADE', 'DOWNGRADE', 'SYNC', 'PURCHASE',
        'CONSUME', 'REFUND', 'MIRROR', 'ADJUST', 'RESTORE', 'SETTINGS'))
);

CREATE UNIQUE INDEX one_refresh_per_account_and_period ON ledger_entry (account_id, period_start)
    WHERE type = 'REFRESH';

CREATE UNIQUE INDEX one_entry_per_account_and_idempotency_key ON ledger_entry (account_id, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

CREATE FUNCTION refuse_change_of_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger_entry is append-only: % is refused', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- Per statement, and not for INSERT: a refresh pays nothing for it.
CREATE TRIGGER ledger_entry_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_ledger_entry();

-- Exists only while something is wrong with an account, and counts only for the period end that it names.
CREATE TABLE refresh_failure (
    account_id      bigint      NOT NULL,
    due_at          timestamptz(0) NOT NULL,
    next_attempt_at timestamptz NOT NULL,
    first_failed_at timestamptz NOT NULL,
    last_failed_at  timestamptz NOT NULL,
    attempts        integer     NOT NULL,
    state           text        NOT NULL,
    category        text        NOT NULL,
    last_error      text        NOT NULL,
    CONSTRAINT one_failure_per_account PRIMARY KEY (account_id),
    CONSTRAINT failure_belongs_to_an_account FOREIGN KEY (account_id) REFERENCES credit_account (id),
    CONSTRAINT failure_counts_from_1 CHECK (attempts >= 1),
    CONSTRAINT failure_state_is_known CHECK (state IN ('retrying', 'exhausted')),
    CONSTRAINT failure_category_is_known CHECK (category IN ('data', 'database', 'bug'))
);

CREATE INDEX failure_by_next_attempt ON refresh_failure (next_attempt_at);

-- One UTC day of refreshing. What became of it is counted from batches, failures and accounts, never kept here.
CREATE TABLE refresh_run (
    run_date         date        NOT NULL,
    opened_at        timestamptz NOT NULL,
    planned          bigint      NOT NULL,
    planned_per_slot integer[]   NOT NULL,
    CONSTRAINT one_run_per_day PRIMARY KEY (run_date),
    CONSTRAINT run_plans_every_slot CHECK (cardinality(planned_per_slot) = 1440)
);

CREATE TABLE refresh_batch (
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    busy_micros bigint      NOT NULL,
    run_date    date        NOT NULL,
    refreshed   integer     NOT NULL,
    skipped     integer     NOT NULL,
    already     integer     NOT NULL,
    failed      integer     NOT NULL,
    applied_by  text        NOT NULL,
    CONSTRAINT batch_id_is_unique PRIMARY KEY (id),
    CONSTRAINT batch_counts_are_not_negative CHECK (refreshed >= 0 AND skipped >= 0 AND already >= 0 AND failed >= 0)
);

COMMENT ON COLUMN refresh_batch.busy_micros IS 'elapsed real time of the batch, whatever the speed of the service''s clock';

CREATE INDEX batch_by_run_date ON refresh_batch (run_date);

-- Where the planner stands: everything up to the watermark has been emitted at least once. One row.
CREATE TABLE planner_position (
    only_row             boolean     NOT NULL DEFAULT true,
    watermark_minute     bigint      NOT NULL,
    watermark_account_id bigint      NOT NULL,
    marked_minute        bigint      NOT NULL,
    marked_at            timestamptz NOT NULL,
    settled_minute       bigint,
    full_sweep_at        timestamptz,
    CONSTRAINT there_is_one_position PRIMARY KEY (only_row),
    CONSTRAINT position_row_is_the_only_one CHECK (only_row)
);

COMMENT ON COLUMN planner_position.watermark_minute IS
    'epoch minute; with watermark_account_id the last account that was emitted (9223372036854775807: the whole minute)';
COMMENT ON COLUMN planner_position.marked_minute IS
    'the watermark''s last whole minute when the last sweep ran, at marked_at; becomes settled_minute with the next sweep';
COMMENT ON COLUMN planner_position.settled_minute IS
    'every minute up to this one was passed at least one grace time ago';

CREATE VIEW credit_refresh_history AS
SELECT
    s.user_id,
    a.kind,
    e.balance_before AS old_balance,
    e.amount,
    e.balance_after AS new_balance,
    e.granted,
    e.lapsed,
    e.carried,
    e.created_at AS refreshed_at,
    e.type,
    e.actor,
    e.reason
FROM ledger_entry e
JOIN credit_account a ON a.id = e.account_id
JOIN subscriber s ON s.id = a.subscriber_id
WHERE e.type IN ('REFRESH', 'MANUAL_REFRESH');

INSERT INTO plan (code)
VALUES ('free'), ('starter'), ('pro'), ('scale');

INSERT INTO plan_allowance (plan_code, kind, amount)
VALUES
    ('free', 'credits', 1000),
    ('free', 'analysis', 100),
    ('free', 'roast', 10),
    ('starter', 'credits', 5000),
    ('starter', 'analysis', 1000),
    ('starter', 'roast', 100),
    ('pro', 'credits', 20000),
    ('pro', 'analysis', 5000),
    ('pro', 'roast', 500),
    ('scale', 'credits', 100000),
    ('scale', 'analysis', 25000),
    ('scale', 'roast', 2500);
