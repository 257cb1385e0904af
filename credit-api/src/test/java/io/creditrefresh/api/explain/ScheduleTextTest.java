package io.creditrefresh.api.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScheduleTextTest {

    private static final Period OCTOBER =
            new Period(Instant.parse("2026-09-30T00:00:00Z"), Instant.parse("2026-10-31T00:00:00Z"));
    private static final Instant ITS_SLOT = Instant.parse("2026-10-31T15:26:00Z");

    private final AccountSceneFixture account = new AccountSceneFixture();

    @Test
    void tellsThirtyDays() {
        ExplainedSchedule schedule = schedule();

        assertThat(schedule.cycle()).isEqualTo("30_days");
        assertThat(schedule.endText()).isEqualTo("30 days of 24 hours after 2026-10-21T10:00:00Z");
        assertThat(schedule.refreshAtText())
                .isEqualTo("The first 15:26 UTC, which is the user's slot, at or after the period's end");
        assertThat(schedule.agrees()).isTrue();
        assertThat(schedule.due()).isFalse();
    }

    @Test
    void tellsARefreshDay() {
        account.cycle(Cycle.of(31), OCTOBER, ITS_SLOT);

        assertThat(schedule().cycle()).isEqualTo("refresh_day");
        assertThat(schedule().refreshDay()).isEqualTo(31);
        assertThat(schedule().endText())
                .isEqualTo("00:00 UTC on day 31 of the month, or on its last day,"
                        + " nearest to 30 days after 2026-09-30T00:00:00Z");
    }

    @Test
    void tellsAnEndThatTheCycleDoesNotMake() {
        account.cycle(Cycle.of(15), OCTOBER, ITS_SLOT);

        assertThat(schedule().endText())
                .isEqualTo("Set before the present cycle, or by the billing provider;"
                        + " the cycle itself would end the period at 2026-10-15T00:00:00Z");
        assertThat(schedule().endOfCycle()).isEqualTo("2026-10-15T00:00:00Z");
    }

    @Test
    void tellsHowTheSlotFollowsFromTheUserId() {
        assertThat(schedule().slot()).isEqualTo(HashedSlot.of("account-1"));
        assertThat(HashedSlot.of("account-1"))
                .isEqualTo(new HashedSlot("07e998012c1137de", "570153958640793566", 926, "15:26"));
    }

    @Test
    void tellsARefreshThatWasScheduledLate() {
        account.refreshAt(Instant.parse("2026-11-23T15:26:00Z"));

        assertThat(schedule().refreshAtText())
                .isEqualTo("A later 15:26 UTC, which is the user's slot: the period had ended before it was scheduled");
        assertThat(schedule().agrees()).isTrue();
    }

    @Test
    void tellsARefreshThatIsNotAtTheSlot() {
        account.refreshAt(Instant.parse("2026-11-20T15:27:00Z"));

        assertThat(schedule().refreshAtText()).isEqualTo("Not at the user's slot, which is 15:26 UTC");
        assertThat(schedule().agrees()).isFalse();
    }

    @Test
    void tellsWhyThereIsNoRefresh() {
        assertThat(new AccountSceneFixture().offSchedule(true).scene())
                .satisfies(scene ->
                        assertThat(ExplainedSchedule.of(scene).refreshAtText()).isEqualTo("Never: the user is on hold"))
                .satisfies(scene ->
                        assertThat(ExplainedSchedule.of(scene).agrees()).isTrue());
        account.entitled(pro -> pro.withBilling(BillingState.PAST_DUE, null)).offSchedule(false);
        assertThat(schedule().refreshAtText()).isEqualTo("Never: the user is past due");
    }

    @Test
    void tellsThatAHoldIsMissing() {
        account.offSchedule(false);

        assertThat(schedule().refreshAtText())
                .isEqualTo("Never: the user is off the schedule, although neither on hold nor past due");
        assertThat(schedule().agrees()).isFalse();
    }

    @Test
    void isDueFromThePeriodsEndOn() {
        account.now(AccountSceneFixture.END);

        assertThat(schedule().due()).isTrue();
    }

    private ExplainedSchedule schedule() {
        return ExplainedSchedule.of(account.scene());
    }
}
