package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.billing.BillingBook;
import io.creditrefresh.ledger.billing.BillingChange;
import io.creditrefresh.ledger.billing.BillingRule;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.command.SubscriberChanges.Scene;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.override.SafeSync;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.store.BillingStore;
import io.creditrefresh.ledger.store.CustomerStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The safe sync: takes in what the provider says when it is asked, then grants what the plan owes. */
public final class BillingSync {

    private final LedgerAccess ledger;
    private final SubscriberChanges changes;
    private final Transactions transactions;

    public BillingSync(LedgerAccess ledger) {
        this.ledger = ledger;
        this.changes = ledger.changes();
        this.transactions = ledger.transactions();
    }

    /** The provider's customers that a user is. */
    public List<String> customersOf(String provider, String userId) throws SQLException {
        return transactions.run(connection -> CustomerStore.of(connection, provider, userId));
    }

    /**
     * Syncs one user. Repeated, it grants nothing more.
     *
     * @param asked the user's subscriptions as the provider says; empty if it was not asked
     */
    public <T> Outcome<T> sync(Command command, List<Snapshot> asked, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                (connection, subscriber) -> due(connection, subscriber, asked),
                scene -> decide(scene, asked, command.dryRun()),
                answers);
    }

    private Due due(Connection connection, Subscriber subscriber, List<Snapshot> asked) throws SQLException {
        if (asked.isEmpty()) {
            return ledger.dueUnlessPaused();
        }
        BillingBook book = BillingStore.read(connection, subscriber);
        List<Snapshot> news = BillingRule.news(subscriber, book, asked);
        if (news.isEmpty()) {
            return ledger.dueUnlessPaused();
        }
        return BillingRule.takesAway(book, news) ? Due.AFTERWARDS : Due.FIRST_AND_AFTERWARDS;
    }

    private static SubscriberChange decide(Scene scene, List<Snapshot> asked, boolean dryRun) throws SQLException {
        SubscriberChange heard =
                asked.isEmpty() ? SubscriberChange.none(scene.subscriber()) : hear(scene, asked, dryRun);
        return heard.then(SafeSync.apply(heard.after(), scene.catalogue()));
    }

    private static SubscriberChange hear(Scene scene, List<Snapshot> asked, boolean dryRun) throws SQLException {
        BillingBook book = BillingStore.read(scene.connection(), scene.subscriber());
        List<Snapshot> news = BillingRule.news(scene.subscriber(), book, asked);
        if (news.isEmpty()) {
            return SubscriberChange.none(scene.subscriber());
        }
        BillingChange change = BillingRule.apply(scene.subscriber(), book, news, scene.catalogue(), scene.now());
        if (!dryRun) {
            BillingStore.write(scene.connection(), change, news);
        }
        return change.change();
    }
}
