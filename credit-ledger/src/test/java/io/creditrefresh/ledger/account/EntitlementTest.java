package io.creditrefresh.ledger.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Entitlement.Basis;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntitlementTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final Catalogue catalogue = new Catalogue(List.of(row("free", 1_000), row("pro", 20_000)));

    private final Entitlement pro = new Entitlement(CreditKind.CREDITS, "pro", BillingState.ACTIVE, null, null);

    @Test
    void grantsWhatThePlanGives() {
        assertGrants(pro, Basis.PLAN, 20_000);
        assertGrants(pro.withBilling(BillingState.ACTIVE, START.plusSeconds(1)), Basis.PLAN, 20_000);
    }

    @Test
    void grantsACustomAllowanceInPlaceOfThePlans() {
        assertGrants(pro.withCustomAllowance(750L), Basis.CUSTOM_ALLOWANCE, 750);
    }

    @Test
    void grantsWhatIsFreeOnceCancelled() {
        assertGrants(pro.withBilling(BillingState.CANCELLED, null).withCustomAllowance(750L), Basis.CANCELLED, 1_000);
    }

    @Test
    void grantsWhatIsFreeFromTheEndOfWhatIsPaidOn() {
        assertGrants(pro.withBilling(BillingState.ACTIVE, START).withCustomAllowance(750L), Basis.NOT_RENEWED, 1_000);
    }

    private void assertGrants(Entitlement entitlement, Basis basis, long amount) {
        assertThat(entitlement.basisAt(START)).isEqualTo(basis);
        assertThat(entitlement.dueAt(START, catalogue).amount()).isEqualTo(amount);
    }

    private static PlanAllowance row(String plan, long amount) {
        return new PlanAllowance(plan, CreditKind.CREDITS, Instant.MIN, amount, Rollover.NONE);
    }
}
