-- What verifications have found, so that every instance of the API tells the same. They read the ledger and never write it.
CREATE TABLE verification_run (
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    accounts    bigint      NOT NULL,
    cause       text        NOT NULL,
    CONSTRAINT verification_id_is_unique PRIMARY KEY (id),
    CONSTRAINT verification_cause_is_known CHECK (cause IN ('start', 'schedule', 'request'))
);

CREATE TABLE verification_count (
    run_id bigint NOT NULL,
    found  bigint NOT NULL,
    type   text   NOT NULL,
    CONSTRAINT one_count_per_verification_and_type PRIMARY KEY (run_id, type),
    CONSTRAINT count_belongs_to_a_verification FOREIGN KEY (run_id) REFERENCES verification_run (id) ON DELETE CASCADE
);

CREATE TABLE verification_finding (
    run_id     bigint  NOT NULL,
    account_id bigint  NOT NULL,
    position   integer NOT NULL,
    type       text    NOT NULL,
    user_id    text,
    detail     text    NOT NULL,
    CONSTRAINT one_finding_per_verification_and_position PRIMARY KEY (run_id, position),
    CONSTRAINT finding_belongs_to_a_verification FOREIGN KEY (run_id) REFERENCES verification_run (id) ON DELETE CASCADE
);

GRANT SELECT, INSERT, DELETE ON verification_run, verification_count, verification_finding TO credit_api;
GRANT SELECT ON verification_run, verification_count, verification_finding TO credit_operator;
