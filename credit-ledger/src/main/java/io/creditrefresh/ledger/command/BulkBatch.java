package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.bulk.BulkFate;
import io.creditrefresh.ledger.bulk.BulkItem;
import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkResult;
import io.creditrefresh.ledger.bulk.BulkRule;
import io.creditrefresh.ledger.bulk.BulkWork;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.override.Restoration.BadRefresh;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.store.AllowanceStore;
import io.creditrefresh.ledger.store.BulkItemStore;
import io.creditrefresh.ledger.store.BulkJobStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.ledger.store.RolloutStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Does some accounts of a job in one transaction: account, ledger and the item's result together. Doing them twice is
 * doing them once, and what is done of a job that was cancelled meanwhile is as if it had been done before.
 */
public final class BulkBatch {

    private final LedgerAccess ledger;
    private final Transactions transactions;
    private final DueRefreshes dueRefreshes;

    public BulkBatch(LedgerAccess ledger) {
        this.ledger = ledger;
        this.transactions = ledger.transactions();
        this.dueRefreshes = ledger.dueRefreshes();
    }

    /** Does what is open of these accounts; as a whole, or not at all. Returns what became of each item. */
    public List<BulkResult> apply(long jobId, List<Long> accountIds) throws SQLException {
        return transactions.run(connection -> {
            Optional<BulkJob> job = BulkJobStore.find(connection, jobId);
            if (job.isEmpty() || job.get().state().isOver()) {
                return List.of();
            }
            return apply(
                    connection,
                    job.get(),
                    accountIds.stream().mapToLong(id -> id).toArray());
        });
    }

    /** Writes down that an account of a job cannot be done. */
    public void fail(long jobId, long accountId, String error) throws SQLException {
        transactions.run(connection -> {
            List<BulkItem> items = BulkItemStore.lockOpen(connection, jobId, new long[] {accountId});
            BulkItemStore.complete(
                    connection,
                    jobId,
                    items.stream().map(item -> BulkResult.failed(item, error)).toList());
            return items.size();
        });
    }

    private List<BulkResult> apply(Connection connection, BulkJob job, long[] accountIds) throws SQLException {
        // Accounts before items, both in order, as everybody who locks them does.
        Map<Long, Account> accounts = RefreshStore.lock(connection, accountIds);
        List<BulkItem> items = BulkItemStore.lockOpen(connection, job.id(), accountIds);
        if (items.isEmpty()) {
            return List.of();
        }
        Instant now = ledger.clock().instant();
        Catalogue catalogue = CatalogueStore.read(connection);
        List<BulkResult> results = job.work() == BulkWork.REFRESH
                ? refreshed(job, items, RolloutStore.placed(connection, accounts, catalogue), catalogue, now)
                : restored(connection, job, items, accounts, now);
        if (!job.dryRun()) {
            write(connection, job, results, now);
        }
        BulkItemStore.complete(connection, job.id(), results);
        return results;
    }

    private static List<BulkResult> refreshed(
            BulkJob job, List<BulkItem> items, Map<Long, Account> accounts, Catalogue catalogue, Instant now) {
        List<BulkResult> results = new ArrayList<>();
        for (BulkItem item : items) {
            Account account = accounts.get(item.accountId());
            results.add(
                    account == null
                            ? BulkResult.failed(item, "there is no such account")
                            : BulkRule.refresh(job, item, account, catalogue, now));
        }
        return results;
    }

    private List<BulkResult> restored(
            Connection connection, BulkJob job, List<BulkItem> items, Map<Long, Account> accounts, Instant now)
            throws SQLException {
        boolean refreshes = ledger.refreshesByItself().getAsBoolean();
        Map<BulkItem, BadRefresh> refreshesOfItems = BulkItemStore.badRefreshes(connection, items);
        Set<BadRefresh> taken = BulkItemStore.taken(connection, List.copyOf(refreshesOfItems.values()));
        List<BulkResult> results = new ArrayList<>();
        for (BulkItem item : items) {
            Account account = accounts.get(item.accountId());
            BadRefresh bad = refreshesOfItems.get(item);
            if (account == null || bad == null) {
                results.add(BulkResult.failed(item, "there is no such account or refresh"));
            } else if (taken.contains(bad)) {
                results.add(BulkResult.of(item, BulkFate.ALREADY));
            } else if (refreshes && account.isDue(now)) {
                // The next refresh comes first, as before any command; it is the pipeline's to write.
                results.add(BulkResult.of(item, BulkFate.PERIOD_OVER));
            } else {
                results.add(BulkRule.restore(job, item, account, bad));
            }
        }
        return results;
    }

    private void write(Connection connection, BulkJob job, List<BulkResult> results, Instant now) throws SQLException {
        List<Refresh> due = new ArrayList<>();
        List<Movement> movements = new ArrayList<>();
        for (BulkResult result : results) {
            result.change().ifPresent(change -> {
                if (change instanceof BulkResult.Refreshing refreshing) {
                    due.add(refreshing.refresh());
                } else if (change instanceof BulkResult.Moving moving) {
                    movements.add(moving.movement());
                }
            });
        }
        int refreshed = dueRefreshes.writeAll(connection, due, now);
        int moved = AllowanceStore.apply(connection, movements, job.cause(), now);
        if (refreshed != due.size() || moved != movements.size()) {
            throw new IllegalStateException("a locked account was moved by somebody else: job " + job.id());
        }
    }
}
