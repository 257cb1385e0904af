package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.billing.BillingBook;
import io.creditrefresh.ledger.billing.BillingRule;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.store.BillingStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.OpeningStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import io.creditrefresh.ledger.subscription.ActivePeriod;
import io.creditrefresh.ledger.subscription.PeriodTerms;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The accounts of Credits v2, opened when they are first needed: {@code get_or_create_active_period}. */
public final class ActivePeriods {

    private ActivePeriods() {}

    /** The subscriber with an account of each kind, as {@link #getOrCreate} would open those that are missing. */
    public static Subscriber foreseen(Connection connection, Subscriber subscriber, Catalogue catalogue, Instant now)
            throws SQLException {
        return ActivePeriod.missing(subscriber).isEmpty()
                ? subscriber
                : ActivePeriod.foreseen(subscriber, poolTerms(connection, subscriber), catalogue, now);
    }

    /**
     * The subscriber with an account of each kind.
     *
     * @param subscriber whose accounts are locked, so that of many who ask at once one opens them
     */
    static Subscriber getOrCreate(Connection connection, Subscriber subscriber, String actor, Instant now)
            throws SQLException {
        List<CreditKind> missing = ActivePeriod.missing(subscriber);
        if (missing.isEmpty()) {
            return subscriber;
        }
        Catalogue catalogue = CatalogueStore.read(connection);
        PeriodTerms terms = poolTerms(connection, subscriber);
        for (CreditKind kind : missing) {
            OpeningStore.insertAccount(
                    connection, subscriber, ActivePeriod.open(subscriber, kind, terms, catalogue, now), actor, now);
        }
        Subscriber complete =
                SubscriberStore.lock(connection, subscriber.userId()).orElseThrow();
        settleClaims(connection, complete, missing, catalogue, now);
        return complete;
    }

    private static PeriodTerms poolTerms(Connection connection, Subscriber subscriber) throws SQLException {
        Optional<Account> pool = subscriber.account(CreditKind.CREDITS);
        return pool.isPresent()
                ? OpeningStore.periodTerms(connection, pool.get())
                : new PeriodTerms(Set.of(subscriber.plan()), false);
    }

    /** What the billing provider has told so far is in what the accounts were opened with. */
    private static void settleClaims(
            Connection connection, Subscriber subscriber, List<CreditKind> opened, Catalogue catalogue, Instant now)
            throws SQLException {
        BillingBook book = BillingStore.read(connection, subscriber);
        for (CreditKind kind : opened) {
            BillingStore.write(connection, BillingRule.opened(book, subscriber, kind, catalogue, now));
        }
    }
}
