-- The newest refresh of an account is one row of this index or of one_refresh_per_account_and_period. A regular refresh
-- is not in it, and pays nothing for it.
CREATE INDEX manual_refresh_by_account ON ledger_entry (account_id, seq) WHERE type = 'MANUAL_REFRESH';
