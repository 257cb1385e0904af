package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.provider.BillingProvider;
import io.creditrefresh.ledger.provider.NotUnderstoodException;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.store.OwedStore;
import io.creditrefresh.ledger.store.OwedStore.Owed;
import io.creditrefresh.ledger.store.ProviderDifferenceStore;
import io.creditrefresh.ledger.store.ProviderDifferenceStore.Difference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The safe sync for many, one subscriber and one transaction at a time: for everybody whose subscription is not as its
 * provider has told, then for everybody who is owed something. What it has done, it does not do again.
 */
public final class Syncs {

    private static final int PAGE = 1_000;

    private final BillingSync sync;
    private final Transactions transactions;
    private final Cause cause;
    private final boolean dryRun;
    private final Report report;

    /**
     * A sync that has not begun.
     *
     * @param dryRun only to report what it would do
     */
    public Syncs(LedgerAccess ledger, Cause cause, boolean dryRun, Report report) {
        this.sync = new BillingSync(ledger);
        this.transactions = ledger.transactions();
        this.cause = cause;
        this.dryRun = dryRun;
        this.report = report;
    }

    /** Gets what is done, user by user. */
    public interface Report {

        /** A user was synced by these entries, or in a dry run would be. */
        void synced(String userId, List<Entry> entries);

        /** A user was not, for a reason that trying again does not mend. */
        void refused(String userId, Refusal why);

        /** A subscription of the provider is not understood. */
        void skipped(String why);
    }

    /**
     * Syncs everybody whose subscription is not as the provider has told.
     *
     * @throws io.creditrefresh.ledger.provider.ProviderUnavailableException if the provider does not answer
     */
    public void withProvider(BillingProvider provider) throws SQLException {
        String next = "";
        do {
            BillingProvider.Page page = provider.page(next);
            page.skipped().forEach(report::skipped);
            List<Difference> differences = transactions.run(
                    connection -> ProviderDifferenceStore.find(connection, provider.name(), page.subscriptions()));
            Set<String> users = new LinkedHashSet<>();
            differences.forEach(each -> users.add(each.userId()));
            for (String userId : users) {
                try {
                    report(userId, sync(userId, asked(provider, userId)));
                } catch (NotUnderstoodException e) {
                    report.skipped(userId + ": " + e.getMessage());
                }
            }
            next = page.next();
        } while (!next.isEmpty());
    }

    /** Grants everybody what their plan owes. */
    public void owed() throws SQLException {
        long last = 0;
        List<Owed> page;
        do {
            long after = last;
            page = transactions.run(connection -> OwedStore.page(connection, after, PAGE));
            Set<String> users = new LinkedHashSet<>();
            page.forEach(each -> users.add(each.userId()));
            for (String userId : users) {
                report(userId, sync(userId, List.of()));
            }
            last = page.isEmpty() ? last : page.get(page.size() - 1).accountId();
        } while (page.size() == PAGE);
    }

    private List<Snapshot> asked(BillingProvider provider, String userId) throws SQLException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (String customer : sync.customersOf(provider.name(), userId)) {
            provider.subscriptionsOf(customer).forEach(each -> snapshots.add(each.snapshot()));
        }
        return snapshots;
    }

    private Outcome<Result> sync(String userId, List<Snapshot> asked) throws SQLException {
        return sync.sync(Command.of(userId, cause).dryRun(dryRun), asked, new EntriesOnly());
    }

    private void report(String userId, Outcome<Result> outcome) {
        if (outcome instanceof Outcome.Done<Result> done) {
            if (!done.value().entries().isEmpty()) {
                report.synced(userId, done.value().entries());
            }
        } else if (outcome instanceof Outcome.Refused<Result> refused) {
            report.refused(userId, refused.refusal());
        }
    }
}
