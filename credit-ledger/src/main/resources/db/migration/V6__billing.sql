-- What billing providers have sent: stored before it is answered, processed afterwards, kept.
CREATE TABLE webhook_event (
    id              bigint      GENERATED ALWAYS AS IDENTITY,
    received_at     timestamptz NOT NULL,
    occurred_at     timestamptz NOT NULL,
    next_attempt_at timestamptz,
    processed_at    timestamptz,
    attempts        integer     NOT NULL DEFAULT 0,
    provider        text        NOT NULL,
    state           text        NOT NULL DEFAULT 'pending',
    event_id        text        NOT NULL,
    type            text        NOT NULL,
    customer_id     text,
    user_id         text,
    error           text,
    payload         text        NOT NULL,
    CONSTRAINT webhook_event_id_is_unique PRIMARY KEY (id),
    CONSTRAINT event_is_stored_once UNIQUE (provider, event_id),
    CONSTRAINT event_id_has_1_to_255_characters CHECK (char_length(event_id) BETWEEN 1 AND 255),
    CONSTRAINT event_type_has_1_to_255_characters CHECK (char_length(type) BETWEEN 1 AND 255),
    CONSTRAINT event_state_is_known CHECK (state IN ('pending', 'waiting', 'processed', 'ignored', 'exhausted')),
    CONSTRAINT event_is_attempted_exactly_while_pending CHECK ((state = 'pending') = (next_attempt_at IS NOT NULL))
);

COMMENT ON COLUMN webhook_event.state IS
    'pending: to be processed; waiting: for the user to be provisioned; ignored: of a type that nobody asked for;'
    ' exhausted: given up, replay it';
COMMENT ON COLUMN webhook_event.customer_id IS 'whom it waits for: the provider''s customer, or the product''s user_id';

CREATE INDEX webhook_event_by_next_attempt ON webhook_event (next_attempt_at, id) WHERE state = 'pending';
CREATE INDEX webhook_event_waiting_for_customer ON webhook_event (customer_id) WHERE state = 'waiting';
CREATE INDEX webhook_event_waiting_for_user ON webhook_event (user_id) WHERE state = 'waiting';
CREATE INDEX webhook_event_by_state ON webhook_event (state, id);

-- Rows come in the order of time, so a summary per block range is enough.
CREATE INDEX webhook_event_by_received_at ON webhook_event USING brin (received_at);

-- Whose customers are whose. A user may have been several customers of a provider.
CREATE TABLE billing_customer (
    subscriber_id bigint      NOT NULL,
    created_at    timestamptz NOT NULL,
    provider      text        NOT NULL,
    customer_id   text        NOT NULL,
    CONSTRAINT customer_is_one_subscriber PRIMARY KEY (provider, customer_id),
    CONSTRAINT customer_belongs_to_a_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
    CONSTRAINT customer_id_has_1_to_255_characters CHECK (char_length(customer_id) BETWEEN 1 AND 255)
);

CREATE INDEX customer_by_subscriber ON billing_customer (subscriber_id);

-- All that providers have told of subscriptions: what they make of a subscriber is worked out from the whole set.
CREATE TABLE provider_snapshot (
    subscriber_id         bigint      NOT NULL,
    told_at               timestamptz(0) NOT NULL,
    created_at            timestamptz(0) NOT NULL,
    period_start          timestamptz(0) NOT NULL,
    period_end            timestamptz(0) NOT NULL,
    paid_until            timestamptz(0),
    previous_period_start timestamptz(0),
    provider              text        NOT NULL,
    event_id              text        NOT NULL,
    subscription_id       text        NOT NULL,
    kind                  text        NOT NULL,
    plan                  text        NOT NULL,
    status                text        NOT NULL,
    previous_plan         text,
    previous_status       text,
    CONSTRAINT snapshot_is_told_once PRIMARY KEY (provider, event_id),
    CONSTRAINT snapshot_belongs_to_a_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id),
    CONSTRAINT snapshot_kind_is_known CHECK (kind IN ('asked', 'created', 'updated', 'deleted'))
);

CREATE INDEX snapshot_by_subscriber ON provider_snapshot (subscriber_id);

-- The newest snapshot of each subscription.
CREATE TABLE provider_subscription (
    subscriber_id   bigint      NOT NULL,
    told_at         timestamptz(0) NOT NULL,
    created_at      timestamptz(0) NOT NULL,
    period_start    timestamptz(0) NOT NULL,
    period_end      timestamptz(0) NOT NULL,
    paid_until      timestamptz(0),
    provider        text        NOT NULL,
    subscription_id text        NOT NULL,
    plan            text        NOT NULL,
    status          text        NOT NULL,
    CONSTRAINT one_newest_snapshot_per_subscription PRIMARY KEY (provider, subscription_id),
    CONSTRAINT subscription_belongs_to_a_subscriber FOREIGN KEY (subscriber_id) REFERENCES subscriber (id)
);

CREATE INDEX subscription_by_subscriber ON provider_subscription (subscriber_id);

-- Claims on a plan's amount that were given their due, each once.
CREATE TABLE billing_claim (
    account_id            bigint      NOT NULL,
    provider_period_start timestamptz(0) NOT NULL,
    claimed_at            timestamptz(0) NOT NULL,
    granted               bigint      NOT NULL,
    seq                   bigint      NOT NULL,
    provider              text        NOT NULL,
    subscription_id       text        NOT NULL,
    plan                  text        NOT NULL,
    CONSTRAINT claim_is_settled_once PRIMARY KEY (account_id, provider, subscription_id, provider_period_start, plan),
    CONSTRAINT claim_belongs_to_an_account FOREIGN KEY (account_id) REFERENCES credit_account (id),
    CONSTRAINT claim_takes_nothing CHECK (granted >= 0)
);

COMMENT ON COLUMN billing_claim.seq IS 'the entry that granted it; with granted 0, the one that had made it good before';

-- The period of an account as it was before billing events changed it.
CREATE TABLE billing_clock (
    account_id   bigint      NOT NULL,
    base_seq     bigint      NOT NULL,
    base_granted bigint      NOT NULL,
    base_start   timestamptz(0) NOT NULL,
    base_end     timestamptz(0) NOT NULL,
    set_start    timestamptz(0) NOT NULL,
    set_end      timestamptz(0) NOT NULL,
    CONSTRAINT one_clock_per_account PRIMARY KEY (account_id),
    CONSTRAINT clock_belongs_to_an_account FOREIGN KEY (account_id) REFERENCES credit_account (id)
);

-- What gave an account a plan's amount otherwise than by a claim. A refresh is not in it, and pays nothing for it.
CREATE INDEX plan_grant_by_account ON ledger_entry (account_id, seq)
    WHERE type IN ('PROVISION', 'IMPORT', 'UPGRADE', 'SYNC');

GRANT SELECT, INSERT, UPDATE (state, attempts, next_attempt_at, processed_at, customer_id, user_id, error)
    ON webhook_event TO credit_api;
GRANT SELECT, INSERT ON billing_customer, provider_snapshot TO credit_api, credit_operator;
GRANT SELECT, INSERT, UPDATE ON provider_subscription, billing_claim, billing_clock TO credit_api, credit_operator;
GRANT SELECT ON webhook_event TO credit_operator;
