package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.store.OwedStore;
import io.creditrefresh.ledger.store.OwedStore.Owed;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BiConsumer;

/** The safe sync for everybody who is owed something, one subscriber and one transaction at a time. */
public final class Syncs {

    private static final int PAGE = 1_000;

    private final Overrides overrides;
    private final Transactions transactions;

    public Syncs(LedgerAccess ledger) {
        this.overrides = new Overrides(ledger);
        this.transactions = ledger.transactions();
    }

    /**
     * Grants what is owed.
     *
     * @param report gets each user with the entry that grants it, or in a dry run would
     */
    public void run(Cause cause, boolean dryRun, BiConsumer<String, Entry> report) throws SQLException {
        long last = 0;
        List<Owed> page;
        do {
            long after = last;
            page = transactions.run(connection -> OwedStore.page(connection, after, PAGE));
            for (Owed owed : page) {
                sync(owed, cause, dryRun, report);
                last = owed.accountId();
            }
        } while (page.size() == PAGE);
    }

    private void sync(Owed owed, Cause cause, boolean dryRun, BiConsumer<String, Entry> report) throws SQLException {
        Outcome<Result> outcome =
                overrides.sync(Command.of(owed.userId(), cause).dryRun(dryRun), new EntriesOnly());
        if (outcome instanceof Outcome.Done<Result> done) {
            done.value().entries().stream()
                    .filter(entry -> entry.type() == EntryType.SYNC && entry.accountId() == owed.accountId())
                    .forEach(entry -> report.accept(owed.userId(), entry));
        }
    }
}
