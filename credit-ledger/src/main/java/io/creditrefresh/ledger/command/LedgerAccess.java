package io.creditrefresh.ledger.command;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * What every use case needs.
 *
 * @param refreshesByItself whether a due refresh is applied before a command that changes neither plan nor clock; off
 *     while refreshing is switched off or paused
 * @param actor who applies due refreshes, for the ledger and the run's numbers, as {@code api}
 */
public record LedgerAccess(DataSource database, InstantSource clock, BooleanSupplier refreshesByItself, String actor) {

    Transactions transactions() {
        return new Transactions(database);
    }

    DueRefreshes dueRefreshes() {
        return new DueRefreshes(transactions(), actor);
    }

    SubscriberChanges changes() {
        return new SubscriberChanges(transactions(), dueRefreshes(), clock);
    }

    /** For commands that change neither plan, state nor clock. */
    SubscriberChanges.Due dueUnlessPaused() {
        return refreshesByItself.getAsBoolean() ? SubscriberChanges.Due.FIRST : SubscriberChanges.Due.LEFT;
    }
}
