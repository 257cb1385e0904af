package io.creditrefresh.ledger.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A catalogue in the making, of kind {@code credits} unless said. Amounts are in force since ever unless edited. */
public final class CatalogueFixture {

    private final List<PlanAllowance> allowances = new ArrayList<>();

    private CatalogueFixture() {}

    /** With the amounts that examples are given in. */
    public static CatalogueFixture examples() {
        return plans().giving("free", 500)
                .giving("starter", 1_000)
                .giving("pro", 5_000)
                .giving("scale", 25_000);
    }

    public static CatalogueFixture plans() {
        return new CatalogueFixture();
    }

    public CatalogueFixture giving(String plan, long amount) {
        return giving(plan, CreditKind.CREDITS, amount);
    }

    public CatalogueFixture giving(String plan, CreditKind kind, long amount) {
        allowances.add(new PlanAllowance(plan, kind, Instant.MIN, amount, Rollover.NONE));
        return this;
    }

    public CatalogueFixture giving(String plan, long amount, Rollover rollover) {
        allowances.add(new PlanAllowance(plan, CreditKind.CREDITS, Instant.MIN, amount, rollover));
        return this;
    }

    public CatalogueFixture edited(String plan, Instant from, long amount) {
        allowances.add(new PlanAllowance(plan, CreditKind.CREDITS, from, amount, Rollover.NONE));
        return this;
    }

    public Catalogue catalogue() {
        return new Catalogue(allowances);
    }
}
