-- The newest refresh of an account is one row of this index or of one_refresh_per_account_and_period. A regular refresh
-- is not in it, and pays nothing for it.
CREATE INDEX manual_refresh_by_account ON ledger_entry (account_id, seq) WHERE type = 'MANUAL_REFRESH';

-- For the newest failures, which the monitor shows, when there are many. Only failures pay for it.
CREATE INDEX failure_by_last_failed_at ON refresh_failure (last_failed_at DESC, account_id);
