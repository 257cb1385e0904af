package io.creditrefresh.local.day;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.migration.Migration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DayResultTest {

    private static final String DATABASE = "day_result";
    private static final Duration TOOK = Duration.ofMillis(61_240);

    // Six accounts: 1 refreshed, 2 on hold, 3 failed, 4 open, 5 with its slot on the next day, 6 not due.
    private static final String SIX_ACCOUNTS = """
            INSERT INTO subscriber (created_at, user_id, plan_code, refresh_hold)
            SELECT '2026-11-19', 'user-' || n, 'free', n = 2
            FROM generate_series(1, 6) n;
            INSERT INTO credit_account (
                subscriber_id, kind, plan, allowance, bonus, granted_this_period, period_start, period_end, refresh_at,
                phase, version)
            SELECT
                s.id, 'credits', 'free', 0, 0, 1000, a.period_end - interval '720 hours', a.period_end, a.refresh_at,
                mod(date_part('epoch', a.refresh_at)::bigint / 60, 43200), 1
            FROM (VALUES
                ('user-1', timestamptz '2026-12-18 10:00Z', timestamptz '2026-12-19 13:37Z'),
                ('user-2', '2026-11-18 10:00Z', NULL),
                ('user-3', '2026-11-18 10:00Z', '2026-11-19 11:00Z'),
                ('user-4', '2026-11-18 10:00Z', '2026-11-19 12:00Z'),
                ('user-5', '2026-11-19 10:00Z', '2026-11-20 09:00Z'),
                ('user-6', '2026-11-25 10:00Z', '2026-11-25 11:00Z')) AS a (user_id, period_end, refresh_at)
            JOIN subscriber s USING (user_id)
            ORDER BY a.user_id;
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, lapsed, carried, period_start,
                run_date, actor, created_at)
            SELECT id, 1, 'REFRESH', 0, 0, 0, 1000, 1000, 0, period_start, '2026-11-19', 'test', '2026-11-19 13:40Z'
            FROM credit_account
            WHERE period_end = '2026-12-18 10:00Z';
            INSERT INTO refresh_batch (
                started_at, finished_at, busy_micros, run_date, refreshed, skipped, already, failed, applied_by)
            VALUES ('2026-11-19', '2026-11-19', 1, '2026-11-19', 1, 0, 0, 1, 'test');
            INSERT INTO refresh_failure (
                account_id, due_at, next_attempt_at, first_failed_at, last_failed_at, attempts, state, category, last_error)
            SELECT a.id, a.period_end, a.period_end, a.period_end, a.period_end, 1, 'retrying', 'data', 'test'
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE s.user_id = 'user-3'
            """;

    private final SimulatedDay day =
            new SimulatedDay(LocalDate.parse("2026-11-19"), 5, Instant.parse("2026-11-20T10:00:00Z"), 1_440);

    private Connection connection;

    @BeforeAll
    static void migrate() throws SQLException, IOException {
        var server = PostgresServer.shared();
        server.createDatabase(DATABASE);
        try (var connection =
                        server.dataSource(DATABASE, PostgresServer.SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var roles = Objects.requireNonNull(Migration.class.getResourceAsStream("/db/roles.sql"))) {
            statement.execute(new String(roles.readAllBytes(), StandardCharsets.UTF_8));
        }
        Migration.migrate(server.dataSource(DATABASE, PostgresServer.SUPERUSER));
    }

    @BeforeEach
    void addSixAccounts() throws SQLException {
        connection = PostgresServer.shared()
                .dataSource(DATABASE, PostgresServer.SUPERUSER)
                .getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(SIX_ACCOUNTS);
        }
    }

    @AfterEach
    void forgetThem() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void tellsRefreshedHeldFailedOpenAndLaterApart() throws SQLException {
        var result = DayResult.of(day, TOOK, connection);

        assertThat(result.refreshed()).isEqualTo(1);
        assertThat(result.held()).isEqualTo(1);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.unaccounted()).isEqualTo(1);
        assertThat(result.nextDay()).isEqualTo(1);
    }

    @Test
    void showsSomebodyWhoWasRefreshedThatDay() throws SQLException {
        var queries = new DayQueries(connection);

        assertThat(queries.somebody(day.date())).contains("user-1");
    }

    @Test
    void showsAnybodyOnADayWithoutRefreshes() throws SQLException {
        var queries = new DayQueries(connection);

        assertThat(queries.somebody(day.date().plusDays(1))).contains("user-1");
    }

    @Test
    void showsNobodyWhenThereAreNoUsers() throws SQLException {
        connection.rollback();

        assertThat(new DayQueries(connection).somebody(day.date())).isEmpty();
    }

    @Test
    void prefersSomebodyWhoseIdNeedsNoQuotes() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE subscriber DISABLE TRIGGER user_id_is_kept_or_anonymised");
            statement.execute("UPDATE subscriber SET user_id = 'smith, jane' WHERE user_id = 'user-1'");
        }
        var queries = new DayQueries(connection);

        assertThat(queries.somebody(day.date())).contains("smith, jane");
        assertThat(queries.somebody(day.date().plusDays(1))).contains("user-2");
    }

    @Test
    void drawsTheHoursOfTheDay() throws SQLException {
        var lines = DayChart.of(day, connection).lines();

        assertThat(lines)
                .contains(
                        "12:00 ######################################## 1",
                        "1,440 slots, 0.0 refreshes each on average; busiest 13:37 with 1",
                        "plans: free 1");
    }

    @Test
    void isTheJsonThatScriptsReadLast() {
        var result = new DayResult(10, 7, 2, 1, 0, 0, 7, 7, List.of(), TOOK);

        var json = result.json();

        assertThat(json)
                .isEqualTo("{\"due\":10,\"refreshed\":7,\"held\":2,\"failed\":1,\"unaccounted\":0,\"auditFindings\":0,"
                        + "\"seconds\":61.2}");
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void namesEverythingThatDoesNotAddUp() {
        var result = new DayResult(10, 6, 2, 1, 0, 1, 7, 8, List.of(), TOOK);

        var problems = result.problems();

        assertThat(problems)
                .containsExactly(
                        "refreshed 6 + held 2 + failed 1 + on the next day 0 are not the 10 that were due",
                        "1 accounts have neither a refresh nor a failure",
                        "6 accounts have 7 refreshes in the ledger",
                        "the batches count 8 refreshes, the ledger has 7");
    }
}
