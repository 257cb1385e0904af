package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.value;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.provider.BillingEvent.Content;
import io.creditrefresh.ledger.provider.BillingEvent.Customer;
import io.creditrefresh.ledger.provider.BillingEvent.InvoicePaid;
import io.creditrefresh.ledger.provider.BillingEvent.SubscriptionTold;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.InboxStore;
import io.creditrefresh.ledger.store.KeptConnections;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A ledger with the use cases that billing providers are told to, and what comes of them. */
final class BillingScene implements AutoCloseable {

    final CommandLedger ledger = new CommandLedger(KeptConnections::new);
    final BillingEvents events = new BillingEvents(ledger.access);
    final BillingSync sync = new BillingSync(ledger.access);
    final Provisioning provisioning = new Provisioning(ledger.access);
    final Subscriptions subscriptions = new Subscriptions(ledger.access);

    private final AtomicInteger stored = new AtomicInteger();

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    void told(String userId, Snapshot snapshot) throws SQLException {
        apply(userId, new SubscriptionTold(snapshot));
    }

    void paid(String userId) throws SQLException {
        apply(userId, new InvoicePaid("sub_1"));
    }

    void apply(String userId, Content content) throws SQLException {
        value(events.apply(store(), event(content, "cus_" + userId, userId), userId));
    }

    void synced(String userId, Snapshot asked) throws SQLException {
        value(sync.sync(by(userId), List.of(asked), new EntriesOnly()));
    }

    void provisioned(String userId, String plan) throws SQLException {
        Provisioning.Wish wish = new Provisioning.Wish(plan, null, Optional.empty());
        value(provisioning.provision(by(userId), wish, new EntriesOnly()));
    }

    void changedByAdmin(String userId, String plan) throws SQLException {
        value(subscriptions.changePlan(by(userId), plan, new EntriesOnly()));
    }

    /** What a worker does with a job for this user's accounts: those that are due and on the schedule. */
    void worked(String userId) throws SQLException {
        Instant now = ledger.now;
        Subscriber subscriber =
                with(connection -> SubscriberStore.find(connection, userId)).orElseThrow();
        ledger.access.dueRefreshes().apply(subscriber, with(CatalogueStore::read), now);
    }

    /** A row in the inbox. */
    long store() throws SQLException {
        String id = "evt_" + stored.incrementAndGet();
        with(connection -> InboxStore.insertOnce(
                connection, "stripe", id, "a.type", CommandLedger.WITHIN, "{}", CommandLedger.WITHIN));
        return with(connection -> {
            try (var select = connection.prepareStatement("SELECT id FROM webhook_event WHERE event_id = ?")) {
                select.setString(1, id);
                try (var row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    static BillingEvent event(Content content, String customerId, @Nullable String userId) {
        return new BillingEvent(
                "stripe", "evt_1", "a.type", CommandLedger.WITHIN, new Customer(customerId, userId), content);
    }

    <T> T with(Work<T> work) throws SQLException {
        try (Connection connection = ledger.api.getConnection()) {
            return work.on(connection);
        }
    }

    /** Plan, billing state, balance and the end of the period. */
    String end(String userId) {
        return ledger.database.query("SELECT format('%s %s %s %s', plan, a.billing_state, allowance + bonus,"
                + " to_char(period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI')) FROM credit_account a JOIN subscriber s"
                + " ON s.id = a.subscriber_id WHERE user_id = '" + userId + "'");
    }

    @Override
    public void close() throws SQLException {
        ((KeptConnections) ledger.api).close();
    }

    List<?> audit() throws SQLException {
        try (Connection connection = ledger.database.superuser()) {
            return LedgerAudit.findings(connection);
        }
    }
}
