package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.OpeningStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import io.creditrefresh.ledger.subscription.ActivePeriod;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The accounts of Credits v2, opened when they are first needed: {@code get_or_create_active_period}. */
final class ActivePeriods {

    private ActivePeriods() {}

    /**
     * The subscriber with an account of each kind.
     *
     * @param subscriber whose accounts are locked, so that of many who ask at once one opens them
     */
    static Subscriber getOrCreate(Connection connection, Subscriber subscriber, String actor, Instant now)
            throws SQLException {
        Catalogue catalogue = CatalogueStore.read(connection);
        List<CreditKind> missing = ActivePeriod.missing(subscriber, catalogue);
        if (missing.isEmpty()) {
            return subscriber;
        }
        for (CreditKind kind : missing) {
            OpeningStore.insertAccount(
                    connection, subscriber, ActivePeriod.open(subscriber, kind, catalogue, now), actor, now);
        }
        return SubscriberStore.lock(connection, subscriber.userId()).orElseThrow();
    }
}
