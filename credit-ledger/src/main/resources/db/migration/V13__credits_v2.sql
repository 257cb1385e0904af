-- The move from one pool of credits to two kinds: one row, read by every spend. Its revision tells a spend that was
-- decided on an older one.
CREATE TABLE rollout (
    one             boolean     NOT NULL DEFAULT true,
    revision        bigint      NOT NULL DEFAULT 1,
    variable        boolean,
    global          boolean,
    percentage      smallint    NOT NULL DEFAULT 0,
    new_users_since timestamptz(0),
    opened_at       timestamptz(0),
    closed_at       timestamptz(0),
    analysis_price  integer     NOT NULL DEFAULT 1,
    roast_price     integer     NOT NULL DEFAULT 1,
    CONSTRAINT there_is_one_rollout PRIMARY KEY (one),
    CONSTRAINT there_is_no_other_rollout CHECK (one),
    CONSTRAINT percentage_is_0_to_100 CHECK (percentage BETWEEN 0 AND 100),
    CONSTRAINT prices_are_in_range CHECK (analysis_price BETWEEN 1 AND 1000000 AND roast_price BETWEEN 1 AND 1000000),
    CONSTRAINT a_closed_rollout_was_opened CHECK (closed_at IS NULL OR opened_at IS NOT NULL)
);

COMMENT ON COLUMN rollout.variable IS 'ENABLE_CREDITS_V2 as the API found it at its last start; NULL: not set';

INSERT INTO rollout DEFAULT VALUES;

ALTER TABLE subscriber ADD COLUMN v2_override boolean;

GRANT SELECT ON rollout TO credit_planner, credit_worker, credit_api, credit_operator;
GRANT UPDATE ON rollout TO credit_api;
-- Whether a leftover carries over depends on whom it belongs to, where plans have a rollover at all.
GRANT SELECT (v2_override, created_at) ON subscriber TO credit_worker, credit_planner;
GRANT UPDATE (v2_override) ON subscriber TO credit_api, credit_operator;
-- Accounts of the new kinds are opened when they are first needed.
GRANT INSERT ON credit_account TO credit_api;
