package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.run.BatchLine;
import io.creditrefresh.ledger.run.EarlierRun;
import io.creditrefresh.ledger.run.FailureLine;
import io.creditrefresh.ledger.run.RunNumbers;
import io.creditrefresh.ledger.run.RunSnapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-21T00:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection api;
    private int users;

    @BeforeEach
    void connect() throws SQLException {
        admin = database.superuser();
        api = database.as("credit_api").getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        api.close();
        admin.close();
    }

    @Test
    void isAllZeroInAnEmptyLedger() throws SQLException {
        RunSnapshot snapshot = SnapshotStore.read(api, NOW, true);

        assertThat(snapshot.takenAt()).isEqualTo(NOW);
        assertThat(snapshot.today()).isEqualTo(new RunNumbers(TODAY, OptionalLong.empty(), 0, 0, 0, 0, 0, 0));
        assertThat(snapshot.overdue() + snapshot.unaccounted()).isZero();
        assertThat(snapshot.oldestDue()).isEmpty();
        assertThat(snapshot.lastRunTime()).isEmpty();
        assertThat(snapshot.nextScheduledRun()).isEmpty();
        assertThat(snapshot.busyToday()).isZero();
        assertThat(snapshot.earlierRuns()).isEmpty();
        assertThat(snapshot.failures()).isEmpty();
        assertThat(snapshot.batches()).isEmpty();
    }

    @Test
    void countsEachNumberFromItsOwnSource() throws SQLException {
        insert(NOW.plusSeconds(60));
        fail(insert(MIDNIGHT), MIDNIGHT, "retrying", NOW);
        fail(insert(NOW), NOW, "exhausted", NOW);
        fail(insert(NOW), NOW, "exhausted", NOW);
        batch(TODAY, 30, 4);
        batch(TODAY, 2, 1);
        batch(TODAY.minusDays(1), 500, 9);
        batch(TODAY.plusDays(1), 700, 9);
        insert(MIDNIGHT.minusSeconds(60));
        RunStore.open(admin, TODAY, NOW);

        RunSnapshot snapshot = SnapshotStore.read(api, NOW, true);

        assertThat(snapshot.today()).isEqualTo(new RunNumbers(TODAY, OptionalLong.of(4), 32, 1, 2, 1, 0, 0));
        assertThat(snapshot.overdue()).isEqualTo(1);
        assertThat(snapshot.oldestDue()).hasValue(MIDNIGHT.minusSeconds(60));
        assertThat(snapshot.busyToday()).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void countsAsHeldWhoWouldBeRefreshedByTheEndOfToday() throws SQLException {
        held("long ago", MIDNIGHT.minus(Duration.ofDays(50)));
        held("yesterday", MIDNIGHT.minusSeconds(1));
        held("today", TOMORROW.minusSeconds(1));
        held("tomorrow", TOMORROW);
        AccountFixture.user("late-payer")
                .billingState("past_due")
                .periodEnd(NOW)
                .insert(admin);

        assertThat(SnapshotStore.read(api, NOW, true).today().held()).isEqualTo(4);
    }

    @Test
    void tellsOfTheSevenDaysBeforeTodayThatHadARun() throws SQLException {
        RunStore.open(admin, TODAY.minusDays(8), NOW);
        RunStore.open(admin, TODAY.minusDays(7), NOW);
        batch(TODAY.minusDays(7), 5, 1);
        batch(TODAY.minusDays(7), 6, 2);
        RunStore.open(admin, TODAY.minusDays(3), NOW);
        batch(TODAY.minusDays(1), 8, 0);
        RunStore.open(admin, TODAY, NOW);

        assertThat(SnapshotStore.read(api, NOW, true).earlierRuns())
                .containsExactly(
                        new EarlierRun(TODAY.minusDays(1), OptionalLong.empty(), 8, 70, 80, 0, Duration.ofMillis(250)),
                        new EarlierRun(TODAY.minusDays(3), OptionalLong.of(0), 0, 0, 0, 0, Duration.ZERO),
                        new EarlierRun(
                                TODAY.minusDays(7), OptionalLong.of(0), 11, 140, 160, 3, Duration.ofMillis(500)));
    }

    @Test
    void showsTheNewestTwentyBatches() throws SQLException {
        for (int i = 1; i <= 22; i++) {
            batch(TODAY, i, 0);
        }

        RunSnapshot snapshot = SnapshotStore.read(api, NOW, true);

        assertThat(snapshot.batches())
                .extracting(BatchLine::refreshed)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).map(i -> 23 - i).boxed().toList());
        assertThat(snapshot.batches().get(0))
                .isEqualTo(new BatchLine(
                        NOW.minusSeconds(3),
                        NOW.minusSeconds(1),
                        TODAY,
                        "worker",
                        22,
                        70,
                        80,
                        0,
                        Duration.ofMillis(250)));
        assertThat(snapshot.lastRunTime()).hasValue(NOW.minusSeconds(1));
    }

    @Test
    void showsTheNewestFiftyFailuresOfPresentPeriods() throws SQLException {
        for (int i = 1; i <= 52; i++) {
            fail(insert(NOW), NOW, "retrying", NOW.plusSeconds(i));
        }
        fail(insert(NOW), NOW.minus(Duration.ofDays(30)), "exhausted", NOW.plusSeconds(99));
        long yesterdays = insert(MIDNIGHT.minusSeconds(60));
        fail(yesterdays, MIDNIGHT.minusSeconds(60), "exhausted", NOW.plusSeconds(60));

        List<FailureLine> failures = SnapshotStore.read(api, NOW, true).failures();

        assertThat(failures.get(0))
                .isEqualTo(new FailureLine(
                        yesterdays,
                        MIDNIGHT.minusSeconds(60),
                        "exhausted",
                        "data",
                        4,
                        "planted",
                        NOW.plusSeconds(60),
                        NOW.plusSeconds(1_000)));
        assertThat(failures.subList(1, 50))
                .extracting(FailureLine::accountId)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(0, 48).map(i -> 52 - i).boxed().toList());
        assertThat(failures).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource({
        // Today before tomorrow, also when tomorrow's slot is the earlier one.
        "2026-11-20T12:00:00Z, 2026-11-20T23:59:00Z, 2026-11-21T00:00:00Z",
        // What is due or was refreshed today is not next.
        "2026-11-20T12:00:00Z, 2026-11-23T08:00:00Z, 2026-11-20T12:00:00Z 2026-12-20T09:00:00Z 2026-11-30T07:00:00Z",
        // Round the circle, which begins anew on 2026-12-03, to the slots before today's.
        "2026-12-02T12:00:00Z, 2026-12-03T00:00:00Z, 2026-12-04T00:00:00Z",
        "2026-11-20T12:00:00Z, 2026-12-19T12:00:00Z, 2026-12-20T11:00:00Z",
        "2026-11-20T12:00:00Z, 2026-12-18T23:59:00Z, 2026-12-19T00:00:00Z",
        // Today's own slots again.
        "2026-11-20T12:00:00Z, 2026-12-20T11:00:00Z, 2026-11-20T11:00:00Z 2026-12-20T12:30:00Z",
        // A bridging period is longer than the circle.
        "2026-11-20T12:00:00Z, 2026-11-22T12:00:00Z, 2026-12-21T11:00:00Z",
        "2026-11-20T12:00:00Z, 2026-12-23T12:00:00Z, 2026-12-28T11:00:00Z",
    })
    void findsTheNextAccountThatIsToCome(Instant now, Instant next, String others) throws SQLException {
        insert(next);
        for (String other : others.split(" ")) {
            insert(Instant.parse(other));
        }
        held("held", now.plusSeconds(1));

        assertThat(SnapshotStore.read(api, now, true).nextScheduledRun()).hasValue(next);
    }

    @Test
    void findsNoNextAccountWhenAllAreDue() throws SQLException {
        insert(NOW);
        insert(NOW.minus(Duration.ofDays(9)));

        assertThat(SnapshotStore.read(api, NOW, true).nextScheduledRun()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit_api", "credit_planner"})
    void leavesTheConnectionInItsModesAlsoWhenItFails(String role) throws SQLException {
        try (Connection connection = database.as(role).getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setReadOnly(true);
            for (boolean autoCommit : new boolean[] {true, false}) {
                connection.setAutoCommit(autoCommit);

                if (role.equals("credit_api")) {
                    SnapshotStore.read(connection, NOW, true);
                } else {
                    assertThatThrownBy(() -> SnapshotStore.read(connection, NOW, true))
                            .hasMessageContaining("permission denied for table refresh_batch");
                }

                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                assertThat(connection.isReadOnly()).isTrue();
                assertThat(openTransactions(role)).isZero();
            }
        }
    }

    @Test
    void leavesAnOrdinaryConnectionReadyToWrite() throws SQLException {
        SnapshotStore.read(admin, NOW, true);

        assertThat(admin.getAutoCommit()).isTrue();
        assertThat(admin.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(insert(NOW)).isPositive();
    }

    private long openTransactions(String role) {
        return database.count("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + role
                + "' AND state LIKE 'idle in transaction%' AND datname = current_database()");
    }

    private long insert(Instant refreshAt) throws SQLException {
        return AccountFixture.user("user-" + ++users)
                .periodEnd(refreshAt)
                .refreshAt(refreshAt)
                .insert(admin);
    }

    private void held(String userId, Instant periodEnd) throws SQLException {
        AccountFixture.user(userId).periodEnd(periodEnd).onHold().insert(admin);
    }

    private void batch(LocalDate runDate, int refreshed, int failed) throws SQLException {
        BatchStore.insert(
                admin,
                runDate,
                "worker",
                new BatchStore.Span(NOW.minusSeconds(3), NOW.minusSeconds(1), Duration.ofMillis(250)),
                new BatchStore.Counts(refreshed, 70, 80, failed));
    }

    private void fail(long accountId, Instant dueAt, String state, Instant lastFailedAt) {
        database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId + ", '" + dueAt
                + "', '" + NOW.plusSeconds(1_000) + "', '" + NOW + "', '" + lastFailedAt + "', 4, '" + state
                + "', 'data', 'planted')");
    }
}
