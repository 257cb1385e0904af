-- What operators have stopped by hand, for all services at once; no row, not stopped.
CREATE TABLE control (
    subject text NOT NULL,
    note text,
    actor text NOT NULL,
    since timestamptz(0) NOT NULL,
    CONSTRAINT one_halt_per_subject PRIMARY KEY (subject),
    CONSTRAINT subject_is_known CHECK (subject IN ('refreshing', 'spending'))
);

-- A piece of work on many accounts: what was asked for, and how far it is.
CREATE TABLE bulk_job (
    id bigint GENERATED ALWAYS AS IDENTITY,
    work text NOT NULL,
    state text NOT NULL,
    dry_run boolean NOT NULL,
    wish jsonb NOT NULL,
    unknown_users text[] NOT NULL,
    listed_to bigint NOT NULL DEFAULT 0,
    actor text NOT NULL,
    reason text,
    created_at timestamptz(0) NOT NULL,
    finished_at timestamptz(0),
    CONSTRAINT bulk_job_has_an_id PRIMARY KEY (id),
    CONSTRAINT work_is_known CHECK (work IN ('refresh', 'restore')),
    CONSTRAINT bulk_job_state_is_known CHECK (state IN ('listing', 'running', 'done', 'cancelled')),
    CONSTRAINT a_job_that_is_over_says_when CHECK ((finished_at IS NOT NULL) = (state IN ('done', 'cancelled')))
);

CREATE INDEX bulk_job_under_way ON bulk_job (id) WHERE state IN ('listing', 'running');

-- One account of it, written again when it is done: a matter of hundreds of bytes per account that somebody named.
CREATE TABLE bulk_item (
    job_id bigint NOT NULL,
    account_id bigint NOT NULL,
    refresh_seq bigint NOT NULL,
    state text NOT NULL DEFAULT 'open',
    next_emission_at timestamptz(0),
    entry_type text,
    entry_seq bigint,
    amount bigint,
    balance_before bigint,
    balance_after bigint,
    error text,
    CONSTRAINT one_item_per_account_and_refresh PRIMARY KEY (job_id, account_id, refresh_seq),
    CONSTRAINT item_is_of_a_job FOREIGN KEY (job_id) REFERENCES bulk_job,
    CONSTRAINT item_state_is_known CHECK (
        state IN ('open', 'refreshed', 'unchanged', 'held', 'restored', 'already', 'period_over', 'failed')),
    CONSTRAINT an_entry_is_whole CHECK (num_nulls(entry_type, entry_seq, amount, balance_before, balance_after) IN (0, 5)),
    CONSTRAINT what_failed_says_why CHECK ((error IS NOT NULL) = (state = 'failed'))
);

CREATE INDEX bulk_item_open ON bulk_item (job_id, account_id) WHERE state = 'open';

GRANT SELECT ON control TO credit_planner, credit_worker, credit_api, credit_operator;
GRANT INSERT, DELETE, UPDATE (note, actor, since) ON control TO credit_api;

GRANT SELECT ON bulk_job, bulk_item TO credit_planner, credit_worker, credit_api, credit_operator;
GRANT INSERT ON bulk_job TO credit_api;
GRANT UPDATE (state, finished_at) ON bulk_job TO credit_api;
-- The planner lists the accounts and has them emitted.
GRANT UPDATE (state, listed_to, finished_at) ON bulk_job TO credit_planner;
GRANT INSERT, UPDATE (next_emission_at) ON bulk_item TO credit_planner;
GRANT SELECT (id, user_id, plan_code, billing_state) ON subscriber TO credit_planner;
GRANT SELECT (account_id, seq, type, created_at) ON ledger_entry TO credit_planner;
-- The worker does them. A refresh is taken back by what its entry says.
GRANT UPDATE (state, entry_type, entry_seq, amount, balance_before, balance_after, error) ON bulk_item TO credit_worker;
GRANT SELECT (type, amount, period_start, idempotency_key) ON ledger_entry TO credit_worker;
