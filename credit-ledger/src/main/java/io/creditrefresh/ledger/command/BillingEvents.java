package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.billing.BillingBook;
import io.creditrefresh.ledger.billing.BillingChange;
import io.creditrefresh.ledger.billing.BillingRule;
import io.creditrefresh.ledger.billing.PackRule;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.command.SubscriberChanges.Scene;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.provider.BillingEvent.Customer;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.store.BillingStore;
import io.creditrefresh.ledger.store.CustomerStore;
import io.creditrefresh.ledger.store.EventOwnerStore;
import io.creditrefresh.ledger.store.InboxStore;
import io.creditrefresh.ledger.store.SpendStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies the inbox's events to their users: an event and its effect are done in one transaction. */
public final class BillingEvents {

    private final LedgerAccess ledger;
    private final SubscriberChanges changes;
    private final Transactions transactions;

    public BillingEvents(LedgerAccess ledger) {
        this.ledger = ledger;
        this.changes = ledger.changes();
        this.transactions = ledger.transactions();
    }

    /** The user whom an event is about; empty if nobody knows yet. */
    public Optional<String> userOf(BillingEvent event) throws SQLException {
        return transactions.run(connection -> userOf(connection, event.provider(), event.customer()));
    }

    /** Takes events that wait for a user, 50 at the most. */
    public List<InboxStore.Taken> takeWaiting(String userId, Duration lease) throws SQLException {
        return transactions.run(connection ->
                InboxStore.takeWaiting(connection, userId, ledger.clock().instant(), lease));
    }

    private static Optional<String> userOf(Connection connection, String provider, Customer customer)
            throws SQLException {
        if (customer.userId() != null) {
            Optional<String> named =
                    SubscriberStore.find(connection, customer.userId()).map(Subscriber::userId);
            if (named.isPresent()) {
                return named;
            }
        }
        // Some products refer to a cart or an order where others name the user.
        return customer.customerId() == null
                ? Optional.empty()
                : CustomerStore.userOf(connection, provider, customer.customerId());
    }

    /**
     * Applies an event, and notes in the inbox that it is done; nothing if it was done before.
     *
     * @param inboxId of the event's row
     */
    public Outcome<Result> apply(long inboxId, BillingEvent event, String userId) throws SQLException {
        return changes.run(
                Command.of(userId, new Cause("billing:" + event.provider(), event.type()))
                        .needing(kindsOf(event)),
                (connection, subscriber) -> due(connection, subscriber, event),
                scene -> InboxStore.lockOpen(scene.connection(), inboxId)
                        ? decide(scene, inboxId, event)
                        : SubscriberChange.none(scene.subscriber()),
                new EntriesOnly());
    }

    private static Set<CreditKind> kindsOf(BillingEvent event) {
        return event.content() instanceof BillingEvent.PacksBought bought
                ? bought.packs().stream().map(BillingEvent.Pack::kind).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** What cancels or suspends comes before a due refresh, all else after it. */
    private Due due(Connection connection, Subscriber subscriber, BillingEvent event) throws SQLException {
        if (!(event.content() instanceof BillingEvent.SubscriptionTold told)) {
            return ledger.dueUnlessPaused();
        }
        BillingBook book = BillingStore.read(connection, subscriber);
        if (book.history().knows(told.snapshot())) {
            return Due.LEFT;
        }
        return BillingRule.takesAway(book, List.of(told.snapshot())) ? Due.AFTERWARDS : Due.FIRST_AND_AFTERWARDS;
    }

    private static SubscriberChange decide(Scene scene, long inboxId, BillingEvent event) throws SQLException {
        link(scene, event);
        SubscriberChange change = change(scene, event);
        InboxStore.finish(scene.connection(), inboxId, InboxStore.End.PROCESSED, null, scene.now());
        EventOwnerStore.concerns(scene.connection(), inboxId, scene.subscriber().id());
        return change;
    }

    private static void link(Scene scene, BillingEvent event) throws SQLException {
        Customer customer = event.customer();
        if (customer.customerId() != null
                && scene.subscriber().userId().equals(customer.userId())
                && CustomerStore.link(
                        scene.connection(),
                        event.provider(),
                        customer.customerId(),
                        scene.subscriber().id(),
                        scene.now())) {
            InboxStore.wake(scene.connection(), scene.subscriber().userId(), scene.now());
        }
    }

    private static SubscriberChange change(Scene scene, BillingEvent event) throws SQLException {
        BillingEvent.Content content = event.content();
        if (content instanceof BillingEvent.SubscriptionTold told) {
            return told(scene, List.of(told.snapshot()));
        }
        if (content instanceof BillingEvent.InvoicePaid) {
            return told(scene, List.of());
        }
        if (content instanceof BillingEvent.PacksBought bought) {
            return bought(scene, event.provider(), bought);
        }
        return SubscriberChange.none(scene.subscriber());
    }

    private static SubscriberChange told(Scene scene, List<Snapshot> told) throws SQLException {
        BillingBook book = BillingStore.read(scene.connection(), scene.subscriber());
        BillingChange change = BillingRule.apply(scene.subscriber(), book, told, scene.catalogue(), scene.now());
        BillingStore.write(scene.connection(), change, told);
        return change.change();
    }

    private static SubscriberChange bought(Scene scene, String provider, BillingEvent.PacksBought bought)
            throws SQLException {
        List<Movement> movements = new ArrayList<>();
        for (BillingEvent.Pack pack : PackRule.byKind(bought.packs())) {
            Account account = scene.subscriber().account(pack.kind()).orElseThrow(Refusal.NO_SUCH_ACCOUNT::exception);
            String key = PackRule.idempotencyKey(provider, bought);
            if (!SpendStore.isTakenOfAccount(scene.connection(), account.id(), key)) {
                movements.add(PackRule.apply(account, pack, provider, bought));
            }
        }
        return SubscriberChange.of(scene.subscriber(), movements);
    }
}
