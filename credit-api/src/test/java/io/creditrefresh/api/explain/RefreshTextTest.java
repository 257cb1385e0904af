package io.creditrefresh.api.explain;

import static io.creditrefresh.api.explain.AccountSceneFixture.END;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.plan.Rollover;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RefreshTextTest {

    private final AccountSceneFixture account = new AccountSceneFixture();

    @Test
    void tellsThePlansAmountAndThatTheRestLapses() {
        assertThat(why())
                .isEqualTo("20,000, which is what the plan pro gives then;"
                        + " the 700 left of the allowance lapse, because nothing rolls over");
        assertThat(next().because()).isEqualTo("plan");
        assertThat(next().balanceAfter()).isEqualTo(20_050);
        assertThat(next().decidedBy()).isEqualTo(new CatalogueRow("pro", 20_000, null, 0L));
    }

    @Test
    void tellsACustomAllowance() {
        account.entitled(pro -> pro.withCustomAllowance(750L)).left(0);

        assertThat(why())
                .isEqualTo("750, the account's custom allowance, in place of the plan's 20,000;"
                        + " nothing of the allowance is left");
        assertThat(next().because()).isEqualTo("custom_allowance");
    }

    @Test
    void tellsThatItIsFreeBecauseCancelled() {
        account.entitled(pro -> pro.withBilling(BillingState.CANCELLED, null));

        assertThat(why()).startsWith("1,000 of the plan free, because the subscription is cancelled; ");
        assertThat(next().because()).isEqualTo("cancelled");
    }

    @Test
    void tellsThatItIsFreeBecauseNobodyPaidForMore() {
        account.entitled(pro -> pro.withBilling(BillingState.ACTIVE, END));

        assertThat(why()).startsWith("1,000 of the plan free, because pro is paid until 2026-11-20T10:00:00Z only; ");
        assertThat(next().because()).isEqualTo("not_renewed");
    }

    @Test
    void tellsWhatRollsOver() {
        account.rollover(new Rollover(500));

        assertThat(why())
                .endsWith("; of the 700 left of the allowance 500 move to the bonus,"
                        + " because up to 500 roll over, and 200 lapse");
        assertThat(next().willCarry()).isEqualTo(500);
        assertThat(next().willLapse()).isEqualTo(200);
        assertThat(next().balanceAfter()).isEqualTo(20_550);
    }

    @Test
    void tellsThatEverythingRollsOver() {
        account.rollover(Rollover.UNLIMITED);

        assertThat(why()).endsWith("; the 700 left of the allowance move to the bonus, because everything rolls over");
        assertThat(next().decidedBy().rolloverCap()).isNull();
    }

    @Test
    void tellsWhatWasMissed() {
        account.now(Instant.parse("2027-01-25T00:00:00Z"));

        assertThat(why()).endsWith("; 2 missed periods are skipped");
        assertThat(next().dueAt()).isEqualTo(END);
        assertThat(next().periodStart()).isEqualTo("2027-01-19T10:00:00Z");
    }

    @Test
    void tellsWhyThereIsNone() {
        assertThat(whyNone(account.offSchedule(true))).isEqualTo("Nothing is refreshed: the user is on hold");
        account.entitled(pro -> pro.withBilling(BillingState.PAST_DUE, null));
        assertThat(whyNone(account.offSchedule(true)))
                .isEqualTo("Nothing is refreshed: the user is on hold and past due");
        assertThat(whyNone(account.offSchedule(false))).isEqualTo("Nothing is refreshed: the user is past due");
    }

    @Test
    void tellsWhyTheRulesRefuse() {
        assertThat(whyNone(account.entitled(pro -> pro.withPlan("bare"))))
                .isEqualTo(
                        "The rules refuse the refresh: the catalogue has no allowance of kind credits for plan bare");
        assertThat(whyNone(new AccountSceneFixture().left(Long.MAX_VALUE - 50).rollover(Rollover.UNLIMITED)))
                .isEqualTo("The rules refuse the refresh: the balance would be too large");
    }

    private ForeseenRefresh next() {
        return Objects.requireNonNull(ForeseenRefresh.of(account.scene()));
    }

    private String why() {
        return RefreshText.why(account.scene(), next());
    }

    private static String whyNone(AccountSceneFixture fixture) {
        assertThat(ForeseenRefresh.of(fixture.scene())).isNull();
        return RefreshText.whyNone(fixture.scene());
    }
}
