package io.creditrefresh.api.write;

import io.creditrefresh.ledger.command.Anonymisations;
import io.creditrefresh.ledger.command.BillingEvents;
import io.creditrefresh.ledger.command.BillingSync;
import io.creditrefresh.ledger.command.BulkJobs;
import io.creditrefresh.ledger.command.ExportPreparation;
import io.creditrefresh.ledger.command.Halts;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Overrides;
import io.creditrefresh.ledger.command.PlanAmounts;
import io.creditrefresh.ledger.command.Provisioning;
import io.creditrefresh.ledger.command.Redrives;
import io.creditrefresh.ledger.command.Refunds;
import io.creditrefresh.ledger.command.Replays;
import io.creditrefresh.ledger.command.Rollouts;
import io.creditrefresh.ledger.command.Spending;
import io.creditrefresh.ledger.command.Subscriptions;
import io.creditrefresh.ledger.command.Switches;
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
    Switches switches(RefreshSettings settings, DataSource database) {
        return new Switches(settings, database);
    }

    @Produces
    @Singleton
    LedgerAccess ledger(DataSource database, InstantSource clock, Switches switches) {
        return new LedgerAccess(database, clock, switches::refreshesByItself, API);
    }

    @Produces
    @Singleton
    BulkJobs bulkJobs(LedgerAccess ledger) {
        return new BulkJobs(ledger);
    }

    @Produces
    @Singleton
    Halts halts(LedgerAccess ledger) {
        return new Halts(ledger);
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
    Anonymisations anonymisations(LedgerAccess ledger) {
        return new Anonymisations(ledger);
    }

    @Produces
    @Singleton
    ExportPreparation exportPreparation(LedgerAccess ledger) {
        return new ExportPreparation(ledger);
    }

    @Produces
    @Singleton
    Overrides overrides(LedgerAccess ledger) {
        return new Overrides(ledger);
    }

    @Produces
    @Singleton
    BillingEvents billingEvents(LedgerAccess ledger) {
        return new BillingEvents(ledger);
    }

    @Produces
    @Singleton
    BillingSync billingSync(LedgerAccess ledger) {
        return new BillingSync(ledger);
    }

    @Produces
    @Singleton
    Redrives redrives(LedgerAccess ledger) {
        return new Redrives(ledger);
    }

    @Produces
    @Singleton
    Replays replays(LedgerAccess ledger) {
        return new Replays(ledger);
    }

    @Produces
    @Singleton
    Rollouts rollouts(LedgerAccess ledger) {
        return new Rollouts(ledger);
    }

    @Produces
    @Singleton
    PlanAmounts planAmounts(LedgerAccess ledger) {
        return new PlanAmounts(ledger);
    }
}
