-- Where much is due, jobs are emitted in the order of account ids, up to a minute: neighbours in one batch share pages.
-- The watermark follows when all accounts have been passed. A planner that knows nothing of it goes on by minutes.
ALTER TABLE planner_position
    ADD COLUMN backlog_minute bigint,
    ADD COLUMN backlog_account_id bigint,
    ADD CONSTRAINT backlog_has_a_minute_and_an_account CHECK ((backlog_minute IS NULL) = (backlog_account_id IS NULL));

COMMENT ON COLUMN planner_position.backlog_minute IS
    'epoch minute up to which the backlog is emitted that is under way; NULL while there is none';
COMMENT ON COLUMN planner_position.backlog_account_id IS 'the last account that this backlog has covered';
