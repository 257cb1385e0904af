-- Whom an event concerned, once that is known: for the export of a user's data, and for taking it away.
ALTER TABLE webhook_event ADD COLUMN subscriber_id bigint;

COMMENT ON COLUMN webhook_event.subscriber_id IS 'whom it concerned; NULL while nobody knows';
COMMENT ON COLUMN webhook_event.payload IS 'as it was delivered; empty once its user is anonymised';

-- Of the events that are older than this column: those that told of a subscription, and those whose customer is known.
UPDATE webhook_event e
SET subscriber_id = p.subscriber_id
FROM provider_snapshot p
WHERE p.provider = e.provider
    AND p.event_id = e.event_id;

UPDATE webhook_event e
SET subscriber_id = c.subscriber_id
FROM billing_customer c
WHERE e.subscriber_id IS NULL
    AND c.provider = e.provider
    AND c.customer_id = substring(e.payload FROM '"customer(?:Id)?"\s*:\s*"([^"]{1,255})"');

CREATE INDEX webhook_event_by_subscriber ON webhook_event (subscriber_id, id) WHERE subscriber_id IS NOT NULL;

-- NOT VALID: there are no anonymised users yet.
ALTER TABLE subscriber
    ADD CONSTRAINT anonymised_has_no_email_and_is_off_the_schedule CHECK (
        user_id !~ '^anonymised-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        OR (email IS NULL AND refresh_hold AND billing_state = 'cancelled'))
        NOT VALID;

CREATE FUNCTION refuse_other_user_id() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a user_id only ever becomes an anonymous one' USING ERRCODE = 'integrity_constraint_violation';
END
$$;

-- The API may take a user's id away for good; it may not give anybody the id of another.
CREATE TRIGGER user_id_is_kept_or_anonymised BEFORE UPDATE OF user_id ON subscriber
    FOR EACH ROW
    WHEN (NEW.user_id <> OLD.user_id
        AND (NEW.user_id !~ '^anonymised-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
            OR OLD.user_id ~ '^anonymised-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'))
    EXECUTE FUNCTION refuse_other_user_id();

GRANT UPDATE (user_id) ON subscriber TO credit_api;
GRANT UPDATE (subscriber_id, payload) ON webhook_event TO credit_api;
GRANT UPDATE (user_id) ON verification_finding TO credit_api;
GRANT DELETE ON billing_customer, provider_snapshot, provider_subscription, billing_claim TO credit_api;
