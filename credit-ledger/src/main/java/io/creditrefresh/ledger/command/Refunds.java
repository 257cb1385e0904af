package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.SubscriberChanges.Scene;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.spend.Refund;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.store.SpendStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Gives spends back, each once and whole. */
public final class Refunds {

    private final LedgerAccess ledger;
    private final SubscriberChanges changes;

    public Refunds(LedgerAccess ledger) {
        this.ledger = ledger;
        this.changes = ledger.changes();
    }

    /**
     * Gives back what was spent.
     *
     * @param spendKey the idempotency key of the spend
     */
    public <T> Outcome<T> refund(Command command, String spendKey, Answers<T> answers) throws SQLException {
        return changes.run(command, ledger.dueUnlessPaused(), scene -> refunded(scene, spendKey), answers);
    }

    private static SubscriberChange refunded(Scene scene, String spendKey) throws SQLException {
        Subscriber subscriber = scene.subscriber();
        List<Refund.Taken> taken =
                SpendStore.taken(scene.connection(), subscriber.id(), SpendOrder.ledgerKey(spendKey));
        if (taken.isEmpty()) {
            throw Refusal.SPEND_NOT_FOUND.exception();
        }
        String key = "refund:" + spendKey;
        if (SpendStore.isTaken(scene.connection(), subscriber.id(), key)) {
            throw Refusal.ALREADY_REFUNDED.exception();
        }
        List<Movement> movements = new ArrayList<>();
        for (Refund.Taken each : taken) {
            Account account = subscriber.account(each.accountId()).orElseThrow();
            movements.add(Refund.apply(account, each).under(key));
        }
        SubscriberChange spent = SubscriberChange.of(subscriber, movements);
        // A part that goes to the bonus can be spent from both views: the other view gets nothing back for it.
        boolean isAllToAllowances = taken.stream().noneMatch(each -> each.superseded() && each.fromAllowance() > 0);
        return isAllToAllowances ? spent.then(unmirrored(scene, spent.after(), spendKey, key)) : spent;
    }

    private static SubscriberChange unmirrored(Scene scene, Subscriber subscriber, String spendKey, String key)
            throws SQLException {
        List<Movement> movements = new ArrayList<>();
        for (Refund.Taken each :
                SpendStore.mirrored(scene.connection(), subscriber.id(), SpendOrder.ledgerKey(spendKey))) {
            Refund.unmirror(subscriber.account(each.accountId()).orElseThrow(), each)
                    .map(movement -> movement.under(SpendOrder.mirrorKey(key)))
                    .ifPresent(movements::add);
        }
        return SubscriberChange.of(subscriber, movements);
    }
}
