package io.creditrefresh.ledger.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CatalogueFixture;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpeningTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.999Z");
    private static final Catalogue CATALOGUE = CatalogueFixture.examples()
            .edited("pro", Instant.parse("2026-10-01T00:00:00Z"), 6_000)
            .edited("pro", Instant.parse("2026-12-01T00:00:00Z"), 7_000)
            .catalogue();

    @Test
    void givesThePlansAllowanceOfNowAtOnce() {
        assertThat(opening("starter").balance()).isEqualTo(new Balance(1_000, 0));
        assertThat(opening("pro").balance()).isEqualTo(new Balance(6_000, 0));
    }

    @Test
    void beginsAPeriodOfThirtyDaysInWholeSeconds() {
        assertThat(opening("starter").period())
                .isEqualTo(new Period(Instant.parse("2026-11-01T12:00:00Z"), Instant.parse("2026-12-01T12:00:00Z")));
    }

    @Test
    void isScheduledAtTheUsersSlotAfterThePeriod() {
        assertThat(opening("starter").refreshAt()).isEqualTo("2026-12-01T15:26:00Z");
    }

    @Test
    void refusesAPlanThatIsNotInTheCatalogue() {
        assertThatThrownBy(() -> opening("gold")).isInstanceOf(NoAllowanceException.class);
    }

    private static Opening opening(String plan) {
        return Opening.of("account-1", CreditKind.CREDITS, plan, CATALOGUE, NOW);
    }
}
