-- What was spent on a day is found by its time. Entries are written in the order of time and never move, so a summary of
-- each megabyte is enough: a few kilobytes for a hundred million entries, and no entry of its own for a refresh to write.
-- Ranges are summarized as they fill up: those that are not would be read with every report, and an insert-only table of
-- this size waits months for the vacuum that would do it.
CREATE INDEX entry_by_time ON ledger_entry USING brin (created_at) WITH (autosummarize = on);

-- What is found of a whole day belongs to no account.
ALTER TABLE verification_finding ALTER COLUMN account_id DROP NOT NULL;
