package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.provider.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A subscriber in memory, whom billing events and commands are applied to one after the other. */
final class BilledUser {

    private final Catalogue catalogue;
    private Subscriber subscriber;
    private BillingBook book = BillingBook.EMPTY;
    private final List<Movement> movements = new ArrayList<>();

    BilledUser(Subscriber subscriber, Catalogue catalogue) {
        this.subscriber = subscriber;
        this.catalogue = catalogue;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    Account account() {
        return subscriber.accounts().get(0);
    }

    List<Movement> movements() {
        return movements;
    }

    BilledUser told(Snapshot snapshot, Instant now) {
        return told(List.of(snapshot), now);
    }

    /** No snapshots: an invoice that finds nothing due. */
    BilledUser told(List<Snapshot> snapshots, Instant now) {
        BillingChange change = BillingRule.apply(subscriber, book, snapshots, catalogue, now);
        book = change.book();
        take(change.change());
        return this;
    }

    /** A command; what it grants may satisfy a claim. */
    BilledUser commanded(SubscriberChange change, String plan, Instant now) {
        List<PlanGrant> grants = new ArrayList<>(book.planGrants());
        for (Movement movement : change.movements()) {
            if (movement.type() == EntryType.UPGRADE || movement.type() == EntryType.SYNC) {
                grants.add(
                        new PlanGrant(movement.before().id(), movement.after().version(), plan, now));
            }
        }
        book = new BillingBook(book.history(), book.settled(), book.clocks(), grants);
        take(change);
        return this;
    }

    /** Provisioned, as far as claims are concerned. */
    BilledUser provisioned(String plan, Instant at) {
        book = new BillingBook(
                book.history(),
                book.settled(),
                book.clocks(),
                List.of(new PlanGrant(account().id(), account().version(), plan, at)));
        return this;
    }

    /** Plan, billing state, paid until, period and balance. */
    String end() {
        Account account = account();
        return "%s %s %s %s..%s %d"
                .formatted(
                        subscriber.plan(),
                        subscriber.billingState().code(),
                        account.entitlement().paidUntil(),
                        account.period().start(),
                        account.period().end(),
                        account.balance().total());
    }

    private void take(SubscriberChange change) {
        subscriber = change.after();
        movements.addAll(change.movements());
    }
}
