package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");

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

    private long insert(Instant refreshAt) throws SQLException {
        return AccountFixture.user("user-" + ++users)
                .periodEnd(refreshAt)
                .refreshAt(refreshAt)
                .insert(admin);
    }
}
