package io.creditrefresh.api.write;

import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Overrides;
import io.creditrefresh.ledger.command.PlanAmounts;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Refunds;
import io.creditrefresh.ledger.command.Spending;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import javax.sql.DataSource;

/** The ledger's use cases, on this service's database and clock. */
final class LedgerBeans {

    /** Who applies due refreshes here, as the ledger and the run's numbers name it. */
    private static final String API = "api";

    @Produces
    @Singleton
    LedgerAccess ledger(DataSource database, InstantSource clock, RefreshSettings settings) {
        return new LedgerAccess(database, clock, settings::refreshesByItself, API);
    }

    @Produces
    @Singleton
    Spending spending(LedgerAccess ledger) {
        return new Spending(ledger);
    }

    @Produces
    @Singleton
    Refunds refunds(LedgerAccess ledger) {
        return new Refunds(ledger);
    }

    @Produces
    @Singleton
    Provisioning provisioning(LedgerAccess ledger) {
        return new Provisioning(ledger);
    }

    @Produces
    @Singleton
    Subscriptions subscriptions(LedgerAccess ledger) {
        return new Subscriptions(ledger);
    }

    @Produces
    @Singleton
    Overrides overrides(LedgerAccess ledger) {
        return new Overrides(ledger);
    }

    @Produces
    @Singleton
    PlanAmounts planAmounts(LedgerAccess ledger) {
        return new PlanAmounts(ledger);
    }
}
