-- What each worker process tells of itself every few seconds. It is for people: nothing is decided by it.
CREATE TABLE worker_state (
    started_at    timestamptz NOT NULL,
    heartbeat_at  timestamptz NOT NULL,
    last_batch_at timestamptz,
    batch_since   timestamptz,
    jobs          bigint      NOT NULL,
    refreshed     bigint      NOT NULL,
    failed        bigint      NOT NULL,
    paused        boolean     NOT NULL,
    worker_id     text        NOT NULL,
    breaker       text        NOT NULL,
    CONSTRAINT one_state_per_worker PRIMARY KEY (worker_id),
    CONSTRAINT worker_id_has_1_to_300_characters CHECK (char_length(worker_id) BETWEEN 1 AND 300),
    CONSTRAINT worker_breaker_is_known CHECK (breaker IN ('closed', 'open', 'half_open')),
    CONSTRAINT worker_counts_are_not_negative CHECK (jobs >= 0 AND refreshed >= 0 AND failed >= 0)
);

COMMENT ON COLUMN worker_state.batch_since IS 'when the batch that is under way began; NULL between batches';
COMMENT ON COLUMN worker_state.jobs IS 'since started_at, as are refreshed and failed';

GRANT SELECT, INSERT, UPDATE, DELETE ON worker_state TO credit_worker;
GRANT SELECT ON worker_state TO credit_api, credit_operator;
