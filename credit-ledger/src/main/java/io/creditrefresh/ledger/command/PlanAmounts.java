package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes what plans give. Periods that have begun keep their amount: an edited plan makes nobody owed. */
public final class PlanAmounts {

    private final LedgerAccess ledger;
    private final Transactions transactions;

    public PlanAmounts(LedgerAccess ledger) {
        this.ledger = ledger;
        this.transactions = ledger.transactions();
    }

    /** What became of a wish. */
    public enum Effect {
        SET,
        /** The plan gives this already. */
        UNCHANGED,
        NO_SUCH_PLAN
    }

    /**
     * Sets the amount of kind {@code credits} that the environment names, from now on.
     *
     * @param amount credits per period, 0 to 10^15
     */
    public Effect setFromEnvironment(String plan, long amount) throws SQLException {
        return transactions.run(connection -> set(connection, plan, CreditKind.CREDITS, amount));
    }

    private Effect set(Connection connection, String plan, CreditKind kind, long amount) throws SQLException {
        // One at a time: of several instances that start at once, one writes.
        CatalogueStore.lock(connection);
        Instant now = ledger.clock().instant();
        Catalogue catalogue = CatalogueStore.read(connection);
        if (!catalogue.knows(plan, kind)) {
            return Effect.NO_SUCH_PLAN;
        }
        PlanAllowance before = catalogue.allowanceAt(plan, kind, now);
        if (before.amount() == amount) {
            return Effect.UNCHANGED;
        }
        CatalogueStore.set(connection, new PlanAllowance(plan, kind, now, amount, before.rollover()));
        AuditStore.insert(
                connection,
                null,
                new Deed("environment", "environment", "set-plan-amount", null),
                audited(plan, kind, before.amount()),
                audited(plan, kind, amount),
                now);
        return Effect.SET;
    }

    private static Map<String, @Nullable Object> audited(String plan, CreditKind kind, long amount) {
        return Map.of("plan", plan, "kind", kind.code(), "amount", amount);
    }
}
