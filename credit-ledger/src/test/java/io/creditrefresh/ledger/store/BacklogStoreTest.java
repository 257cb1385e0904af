package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-21T00:00:00Z");
    private static final Duration CIRCLE = Duration.ofDays(30);

    /** A midnight with phase 0: the circle begins anew. */
    private static final Instant NEW_CIRCLE = Instant.ofEpochSecond(43_200L * 60 * 692);

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection planner;
    private int users;

    @BeforeEach
    void connect() throws SQLException {
        admin = database.superuser();
        planner = database.as("credit_planner").getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        planner.close();
        admin.close();
    }

    @Test
    void countsTodaysAccountsAndEarlierOnesApart() throws SQLException {
        insert(MIDNIGHT.minusSeconds(3_600));
        insert(MIDNIGHT);
        insert(NOW);
        insert(NOW.plusSeconds(600));
        insert(TOMORROW.minusSeconds(60));
        insert(TOMORROW);
        insert(NOW.minusSeconds(600).plus(CIRCLE));
        fail(insert(NOW.minusSeconds(7_200)), NOW.minusSeconds(7_200), "retrying");
        AccountFixture.user("held").periodEnd(NOW).onHold().insert(admin);

        BacklogStore.Backlog backlog = BacklogStore.count(planner, NOW, true);

        assertThat(backlog.pending()).isEqualTo(4);
        assertThat(backlog.overdue()).isEqualTo(1);
        assertThat(backlog.oldestDue()).hasValue(MIDNIGHT.minusSeconds(3_600));
        assertThat(backlog.nextToday()).hasValue(NOW.plusSeconds(600));
    }

    @Test
    void countsWhoHasAFailureOfAnEarlierPeriodOnly() throws SQLException {
        fail(insert(NOW), NOW.minus(CIRCLE), "exhausted");

        assertThat(BacklogStore.count(planner, NOW, true).pending()).isEqualTo(1);
    }

    @Test
    void countsAsInFlightWhatTheWatermarkHasPassed() throws SQLException {
        insert(MIDNIGHT.minusSeconds(60));
        insert(MIDNIGHT);
        insert(NOW.minusSeconds(60));
        long last = insert(NOW);
        insert(NOW);
        insert(NOW.plusSeconds(60));

        assertThat(inFlight(new Watermark(Phase.epochMinute(NOW), last))).isEqualTo(3);
        assertThat(inFlight(Watermark.endOf(Phase.epochMinute(NOW)))).isEqualTo(4);
        assertThat(inFlight(Watermark.endOf(Phase.epochMinute(MIDNIGHT) - 1))).isZero();
        assertThat(inFlight(Watermark.endOf(Phase.epochMinute(MIDNIGHT) - 100_000)))
                .isZero();
        assertThat(inFlight(Watermark.endOf(Phase.epochMinute(TOMORROW) + 100_000)))
                .isEqualTo(5);
    }

    @Test
    void countsNothingAsInFlightBeforeTheFirstTick() throws SQLException {
        insert(MIDNIGHT);

        assertThat(BacklogStore.count(planner, NOW, true).inFlight()).isZero();
    }

    @Test
    void countsAsUnaccountedWhatIsBehindTheSettledMinute() throws SQLException {
        insert(MIDNIGHT.minusSeconds(60));
        insert(NOW.minusSeconds(600));
        insert(NOW.minusSeconds(540));
        fail(insert(NOW.minusSeconds(660)), NOW.minusSeconds(660), "exhausted");
        settle(NOW.minusSeconds(600));

        assertThat(BacklogStore.count(planner, NOW, true).unaccounted()).isEqualTo(2);
    }

    @Test
    void countsNothingAsUnaccountedBeforeTheFirstSweepOrWhileASwitchHoldsItBack() throws SQLException {
        insert(MIDNIGHT);
        position(Watermark.endOf(Phase.epochMinute(NOW)));

        assertThat(BacklogStore.count(planner, NOW, true).unaccounted()).isZero();
        settle(NOW);
        assertThat(BacklogStore.count(planner, NOW, true).unaccounted()).isEqualTo(1);
        assertThat(BacklogStore.count(planner, NOW, false).unaccounted()).isZero();
    }

    @Test
    void countsNothingAsUnaccountedThatIsToComeAfterTheClockWasSetBack() throws SQLException {
        insert(NOW);
        insert(NOW.plusSeconds(60));
        settle(NOW.plusSeconds(600));

        assertThat(BacklogStore.count(planner, NOW, true).unaccounted()).isEqualTo(1);
    }

    @Test
    void looksBackToADayBeforeTheSettledMinute() throws SQLException {
        Instant outage = NOW.minus(Duration.ofDays(4));
        insert(outage.minus(Duration.ofDays(1)).minusSeconds(60));
        insert(outage.minus(Duration.ofDays(1)));
        insert(outage);
        settle(outage);

        BacklogStore.Backlog backlog = BacklogStore.count(planner, NOW, true);

        assertThat(backlog.overdue()).isEqualTo(2);
        assertThat(backlog.unaccounted()).isEqualTo(2);
        assertThat(backlog.fromMinute()).isEqualTo(Phase.epochMinute(outage.minus(Duration.ofDays(1))));
    }

    @Test
    void countsAllPhasesOnceWhenThePlannerIsFarBehind() throws SQLException {
        insert(NOW);
        insert(NOW.minus(Duration.ofDays(30)));
        insert(NOW.minus(Duration.ofDays(45)));
        position(Watermark.endOf(Phase.epochMinute(NOW) - 100_000));

        BacklogStore.Backlog backlog = BacklogStore.count(planner, NOW, true);

        assertThat(backlog.pending()).isEqualTo(1);
        assertThat(backlog.overdue()).isEqualTo(2);
        assertThat(backlog.oldestDue()).hasValue(NOW.minus(Duration.ofDays(45)));
    }

    @Test
    void goesOnWhereTheCircleBeginsAnew() throws SQLException {
        insert(NEW_CIRCLE.minus(Duration.ofDays(1)));
        insert(NEW_CIRCLE.minusSeconds(60));
        insert(NEW_CIRCLE);
        insert(NEW_CIRCLE.plusSeconds(60));
        position(Watermark.endOf(Phase.epochMinute(NEW_CIRCLE)));

        BacklogStore.Backlog backlog = BacklogStore.count(planner, NEW_CIRCLE, true);

        assertThat(backlog.overdue()).isEqualTo(2);
        assertThat(backlog.pending()).isEqualTo(2);
        assertThat(backlog.inFlight()).isEqualTo(1);
        assertThat(backlog.oldestDue()).hasValue(NEW_CIRCLE.minus(Duration.ofDays(1)));
        assertThat(backlog.nextToday()).hasValue(NEW_CIRCLE.plusSeconds(60));
    }

    @Test
    void countsFailuresOfPresentPeriodsOnlyAndTodaysApart() throws SQLException {
        Instant yesterday = MIDNIGHT.minusSeconds(60);
        fail(insert(NOW), NOW, "retrying");
        fail(insert(yesterday), yesterday, "retrying");
        fail(insert(NOW), NOW, "exhausted");
        fail(insert(MIDNIGHT), MIDNIGHT, "exhausted");
        fail(insert(yesterday), yesterday, "exhausted");
        fail(insert(NOW), NOW.minus(CIRCLE), "exhausted");
        fail(AccountFixture.user("held").periodEnd(NOW).onHold().insert(admin), NOW, "retrying");

        assertThat(BacklogStore.failures(planner)).isEqualTo(new BacklogStore.Failures(2, 3));
        assertThat(BacklogStore.count(planner, NOW, true))
                .extracting(BacklogStore.Backlog::retrying, BacklogStore.Backlog::exhausted)
                .containsExactly(1L, 2L);
    }

    private long inFlight(Watermark watermark) throws SQLException {
        position(watermark);
        return BacklogStore.count(planner, NOW, true).inFlight();
    }

    private void position(Watermark watermark) throws SQLException {
        database.execute("DELETE FROM planner_position");
        PositionStore.begin(planner, watermark, NOW);
    }

    private void settle(Instant minute) throws SQLException {
        position(Watermark.endOf(Phase.epochMinute(NOW)));
        database.execute("UPDATE planner_position SET settled_minute = " + Phase.epochMinute(minute));
    }

    private long insert(Instant refreshAt) throws SQLException {
        return AccountFixture.user("user-" + ++users)
                .periodEnd(refreshAt)
                .refreshAt(refreshAt)
                .insert(admin);
    }

    private void fail(long accountId, Instant dueAt, String state) {
        database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId + ", '" + dueAt
                + "', '" + NOW + "', '" + NOW + "', '" + NOW + "', 4, '" + state + "', 'data', 'planted')");
    }
}
