package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.schedule.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
    private static final long YESTERDAY = Phase.epochMinute(MIDNIGHT) - 1_440;

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
    void opensARunWithTheForecastOfItsSlots() throws SQLException {
        insert(MIDNIGHT);
        insert(NOW);
        insert(NOW);
        insert(MIDNIGHT.plusSeconds(86_340));
        insert(MIDNIGHT.minusSeconds(60));
        insert(MIDNIGHT.plusSeconds(86_400));
        insert(NOW.plus(Duration.ofDays(30)));
        insert(NOW.minus(Duration.ofDays(30)));

        assertThat(RunStore.open(planner, TODAY, NOW)).isTrue();

        assertThat(database.query("SELECT row(run_date, opened_at = '2026-11-20T12:00:00Z', planned,"
                        + " planned_per_slot[1], planned_per_slot[721], planned_per_slot[1440]) FROM refresh_run"))
                .isEqualTo("(2026-11-20,t,4,1,2,1)");
        assertThat(database.count("SELECT sum(slot) FROM refresh_run, unnest(planned_per_slot) AS slot"))
                .isEqualTo(4);
    }

    @Test
    void opensARunOnce() throws SQLException {
        insert(NOW);
        RunStore.open(planner, TODAY, NOW);
        insert(NOW);

        assertThat(RunStore.open(planner, TODAY, NOW)).isFalse();

        assertThat(database.query("SELECT string_agg(planned::text, ',') FROM refresh_run"))
                .isEqualTo("1");
    }

    @Test
    void opensARunOfADayThatNothingIsPlannedFor() throws SQLException {
        assertThat(RunStore.open(planner, TODAY, NOW)).isTrue();

        assertThat(database.count("SELECT planned FROM refresh_run")).isZero();
    }

    @Test
    void countsWhatIsDueOrComingToday() throws SQLException {
        insert(MIDNIGHT.minusSeconds(3_600));
        insert(NOW.minusSeconds(600));
        insert(NOW.plusSeconds(600));
        insert(MIDNIGHT.plusSeconds(86_340));
        insert(MIDNIGHT.plusSeconds(86_400));
        insert(NOW.minusSeconds(600).plus(Duration.ofDays(30)));
        fail(insert(NOW.minusSeconds(7_200)), NOW.minusSeconds(7_200), "retrying");
        AccountFixture.user("held").periodEnd(NOW).onHold().insert(admin);

        RunStore.Backlog backlog = RunStore.backlog(planner, NOW, YESTERDAY, OptionalLong.empty());

        assertThat(backlog.pending()).isEqualTo(4);
        assertThat(backlog.oldestDue()).hasValue(MIDNIGHT.minusSeconds(3_600));
        assertThat(backlog.unaccounted()).isZero();
    }

    @Test
    void countsAsUnaccountedWhatIsBehindTheSettledMinute() throws SQLException {
        insert(MIDNIGHT.minusSeconds(60));
        insert(NOW.minusSeconds(600));
        insert(NOW.minusSeconds(540));
        fail(insert(NOW.minusSeconds(660)), NOW.minusSeconds(660), "exhausted");

        RunStore.Backlog backlog =
                RunStore.backlog(planner, NOW, YESTERDAY, OptionalLong.of(Phase.epochMinute(NOW) - 10));

        assertThat(backlog.unaccounted()).isEqualTo(2);
    }

    @Test
    void countsAllPhasesOnceWhenThePlannerIsFarBehind() throws SQLException {
        insert(NOW);
        insert(NOW.minus(Duration.ofDays(30)));
        insert(NOW.minus(Duration.ofDays(45)));

        RunStore.Backlog backlog = RunStore.backlog(planner, NOW, YESTERDAY - 100_000, OptionalLong.empty());

        assertThat(backlog.pending()).isEqualTo(3);
        assertThat(backlog.oldestDue()).hasValue(NOW.minus(Duration.ofDays(45)));
    }

    @Test
    void countsFailuresOfPresentPeriodsOnly() throws SQLException {
        fail(insert(NOW), NOW, "retrying");
        fail(insert(NOW), NOW, "exhausted");
        fail(insert(NOW), NOW, "exhausted");
        fail(insert(NOW), NOW.minus(Duration.ofDays(30)), "exhausted");

        assertThat(RunStore.failures(planner)).isEqualTo(new RunStore.Failures(1, 2));
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
