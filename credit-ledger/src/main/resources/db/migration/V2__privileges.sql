-- Each service may do what it does and no more; none may change or remove a ledger entry.

GRANT SELECT ON plan, plan_allowance TO credit_planner, credit_worker, credit_api, credit_operator;

-- The planner reads accounts and writes down where it stands.
GRANT SELECT ON credit_account TO credit_planner;
GRANT SELECT, UPDATE (next_attempt_at) ON refresh_failure TO credit_planner;
GRANT SELECT, INSERT ON refresh_run TO credit_planner;
GRANT SELECT, INSERT, UPDATE ON planner_position TO credit_planner;

-- The worker moves accounts into their next period. It reads back no more of an entry than its key.
GRANT SELECT ON credit_account TO credit_worker;
GRANT UPDATE (allowance, bonus, granted_this_period, period_start, period_end, refresh_at, phase, version)
    ON credit_account TO credit_worker;
GRANT INSERT, SELECT (account_id, seq) ON ledger_entry TO credit_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_failure TO credit_worker;
GRANT INSERT ON refresh_batch TO credit_worker;
-- For log lines that name the user.
GRANT SELECT (id, user_id) ON subscriber TO credit_worker;

-- The API shows.
GRANT SELECT ON
    subscriber, credit_account, ledger_entry, refresh_failure, refresh_run, refresh_batch, planner_position,
    credit_refresh_history
    TO credit_api;

-- The operator's commands bring in users and read everything.
GRANT SELECT ON
    subscriber, credit_account, ledger_entry, refresh_failure, refresh_run, refresh_batch, planner_position,
    credit_refresh_history
    TO credit_operator;
GRANT INSERT ON subscriber, credit_account, ledger_entry TO credit_operator;
