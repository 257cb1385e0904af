package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.AnonymousId;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.rollout.Bucket;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.BackfillStore;
import io.creditrefresh.ledger.store.BackfillStore.Lacking;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Opens the accounts of Credits v2 for those who do not have them, one subscriber and one transaction at a time, in the
 * order of subscribers' ids. What is opened is not looked at again, so a run goes on where an earlier one ended.
 */
public final class Backfill {

    private static final int PAGE = 1_000;

    // Bad values, broken constraints, locks that somebody does not let go, what a trigger refuses.
    private static final Set<String> CLASSES_OF_ONE_SUBSCRIBER = Set.of("22", "23", "40", "55", "P0");

    private final LedgerAccess ledger;
    private final SubscriberChanges changes;
    private final Cause cause;
    private final int percentage;
    private final boolean dryRun;
    private final Report report;

    /**
     * A backfill that has not begun.
     *
     * @param percentage 1 to 100: of all users, those whom a rollout at this percentage lets in
     * @param dryRun only to report what it would do
     */
    public Backfill(LedgerAccess ledger, Cause cause, int percentage, boolean dryRun, Report report) {
        this.ledger = ledger;
        this.changes = ledger.changes();
        this.cause = cause;
        this.percentage = percentage;
        this.dryRun = dryRun;
        this.report = report;
    }

    /** Why a subscriber who lacks accounts gets none. */
    public enum LeftOut {
        /** Nothing changes at an anonymised user any more. */
        ANONYMISED,
        /** The percentage does not let them in. */
        BEYOND_PERCENTAGE,
        /** There is no account of kind credits, whose period the others would have. */
        WITHOUT_CREDITS
    }

    /** Gets what is done, subscriber by subscriber. */
    public interface Report {

        /**
         * A user got these accounts, or in a dry run would.
         *
         * @param refreshed how many of the user's accounts were due, and were refreshed first
         */
        void opened(String userId, List<Account> accounts, long refreshed);

        void leftOut(LeftOut why);

        /** A user did not, for a reason that is the user's own. */
        void failed(String userId, String why);

        /** A page is done; nobody up to this id is left. */
        void pageDone(long subscriberId);
    }

    /** Opens what is missing; nothing before the rollout has begun. */
    public void run() throws SQLException {
        long last = 0;
        List<Lacking> page;
        do {
            long after = last;
            page = ledger.transactions()
                    .run(connection -> BackfillStore.page(connection, after, View.V2.kinds(), PAGE));
            for (Lacking each : page) {
                Optional<LeftOut> reason = leftOut(each);
                reason.ifPresent(report::leftOut);
                if (reason.isEmpty()) {
                    open(each.userId());
                }
                last = each.subscriberId();
            }
            if (!page.isEmpty()) {
                report.pageDone(last);
            }
        } while (page.size() == PAGE);
    }

    private Optional<LeftOut> leftOut(Lacking subscriber) {
        if (AnonymousId.is(subscriber.userId())) {
            return Optional.of(LeftOut.ANONYMISED);
        }
        if (Bucket.of(subscriber.userId()) >= percentage) {
            return Optional.of(LeftOut.BEYOND_PERCENTAGE);
        }
        return subscriber.hasPool() ? Optional.empty() : Optional.of(LeftOut.WITHOUT_CREDITS);
    }

    private void open(String userId) throws SQLException {
        Command command = Command.of(userId, cause).dryRun(dryRun).needing(Set.copyOf(View.V2.kinds()));
        try {
            report(
                    userId,
                    changes.run(
                            command,
                            ledger.dueUnlessPaused(),
                            scene -> SubscriberChange.none(scene.subscriber()),
                            new EntriesOnly()));
        } catch (NoAllowanceException e) {
            report.failed(userId, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (!isOfOneSubscriber(e)) {
                throw e;
            }
            report.failed(userId, String.valueOf(e.getMessage()));
        }
    }

    private void report(String userId, Outcome<Result> outcome) {
        if (outcome instanceof Outcome.Done<Result> done) {
            List<Account> opened = of(done.value(), EntryType.PROVISION);
            // Empty if somebody spent meanwhile, and opened them so.
            if (!opened.isEmpty()) {
                report.opened(
                        userId, opened, of(done.value(), EntryType.REFRESH).size());
            }
        } else if (outcome instanceof Outcome.Refused<Result> refused) {
            report.failed(userId, refused.refusal().name().toLowerCase(Locale.ROOT));
        }
    }

    private static List<Account> of(Result result, EntryType type) {
        return result.entries().stream()
                .filter(entry -> entry.type() == type)
                .map(Entry::accountId)
                .map(id -> result.after().account(id).orElseThrow())
                .toList();
    }

    private static boolean isOfOneSubscriber(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return CLASSES_OF_ONE_SUBSCRIBER.stream().anyMatch(state::startsWith);
    }
}
