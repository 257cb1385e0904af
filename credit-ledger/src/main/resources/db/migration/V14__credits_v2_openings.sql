-- What an account of Credits v2 is opened with follows from the plans that the single pool's period has seen: the
-- changes of terms are found without reading the spends between them. Neither a refresh nor a spend pays for it.
CREATE INDEX change_of_terms_by_account ON ledger_entry (account_id, seq)
    WHERE type IN ('DOWNGRADE', 'SETTINGS');

-- A bonus is spent from both views, so nothing of it is taken for the other one's sake.
ALTER TABLE ledger_entry
    ADD CONSTRAINT mirror_takes_no_bonus CHECK (type <> 'MIRROR' OR coalesce(bonus_change, 0) = 0) NOT VALID;

-- A refresh that carries something over looks at what the subscriber's other accounts have carried.
GRANT SELECT (type, period_start, carried, metadata) ON ledger_entry TO credit_worker;
