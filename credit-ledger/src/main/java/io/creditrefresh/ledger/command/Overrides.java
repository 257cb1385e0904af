package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.override.Adjustment;
import io.creditrefresh.ledger.override.ManualRefresh;
import io.creditrefresh.ledger.plan.CreditKind;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** What an operator gives or takes by hand. */
public final class Overrides {

    private final LedgerAccess ledger;
    private final SubscriberChanges changes;

    public Overrides(LedgerAccess ledger) {
        this.ledger = ledger;
        this.changes = ledger.changes();
    }

    /** Refreshes what is due; fills up what is not. Refused while off the schedule. */
    public <T> Outcome<T> refresh(Command command, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                Due.FIRST,
                scene -> ManualRefresh.fillUp(
                        onSchedule(scene.subscriber()), scene.refreshed(), scene.catalogue(), scene.now()),
                answers);
    }

    /** Has a new period begin now. Refused while off the schedule. */
    public <T> Outcome<T> reset(Command command, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                Due.FIRST,
                scene -> ManualRefresh.reset(onSchedule(scene.subscriber()), scene.catalogue(), scene.now()),
                answers);
    }

    /**
     * Changes the bonus of one kind.
     *
     * @param credits see {@link Adjustment#apply}
     */
    public <T> Outcome<T> adjust(Command command, CreditKind kind, long credits, Answers<T> answers)
            throws SQLException {
        return changes.run(
                command.needing(Set.of(kind)),
                ledger.dueUnlessPaused(),
                scene -> {
                    Account account = scene.subscriber().account(kind).orElseThrow(Refusal.NO_SUCH_ACCOUNT::exception);
                    Movement movement =
                            Adjustment.apply(account, credits).orElseThrow(Refusal.NOT_ENOUGH_BONUS::exception);
                    return SubscriberChange.of(scene.subscriber(), List.of(movement));
                },
                answers);
    }

    private static Subscriber onSchedule(Subscriber subscriber) {
        if (subscriber.isOffSchedule()) {
            throw Refusal.ON_HOLD.exception();
        }
        return subscriber;
    }
}
