-- Support looks users up by the beginning of their id or address.
CREATE INDEX subscriber_by_start_of_user_id ON subscriber (user_id text_pattern_ops);
CREATE INDEX subscriber_by_start_of_email ON subscriber (lower(email) text_pattern_ops) WHERE email IS NOT NULL;

-- Operators have failed accounts tried again.
GRANT UPDATE (next_attempt_at) ON refresh_failure TO credit_api;
