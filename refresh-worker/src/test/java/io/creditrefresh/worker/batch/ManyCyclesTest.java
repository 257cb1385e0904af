package io.creditrefresh.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two years of refreshes on a settable clock, in both cycle policies. */
class ManyCyclesTest {

    private static final int ACCOUNTS = 1_000;
    private static final int CYCLES = 24;

    private final LedgerDatabase database = LedgerDatabase.create();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final RefreshBatches batches = new RefreshBatches(
            database.as("credit_worker"),
            () -> now,
            SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class));

    private record Span(Instant start, Instant end) {}

    @Test
    void startsEveryThirtyDayPeriodWhereTheLastOneEnded() throws SQLException {
        try (Connection connection = database.superuser()) {
            for (int i = 0; i < ACCOUNTS; i++) {
                AccountFixture.user("account-" + i)
                        .periodEnd(now.plusSeconds(i))
                        .insert(connection);
            }
        }

        Map<Long, Span> last = runCycles();

        Duration twoYears = Duration.ofDays(30L * (CYCLES + 1));
        assertThat(last.values())
                .allMatch(span -> span.start().plus(Duration.ofDays(30)).equals(span.end()));
        assertThat(last.get(1L).end())
                .isEqualTo(Instant.parse("2025-12-02T00:00:00Z").plus(twoYears));
        assertThat(last.get(1_000L).end())
                .isEqualTo(Instant.parse("2025-12-02T00:00:00Z").plus(twoYears).plusSeconds(999));
    }

    @Test
    void startsEveryMonthlyPeriodWhereTheLastOneEnded() throws SQLException {
        try (Connection connection = database.superuser()) {
            for (int i = 0; i < ACCOUNTS; i++) {
                AccountFixture.user("account-" + i)
                        .refreshDay(1 + i % 31)
                        .periodEnd(now.plusSeconds(i))
                        .insert(connection);
            }
        }

        Map<Long, Span> last = runCycles();

        // After one bridging period, 24 cycles are two years of calendar months.
        assertThat(last.get(1L).end()).isEqualTo("2028-01-01T00:00:00Z");
        assertThat(last.get(15L).end()).isEqualTo("2028-01-15T00:00:00Z");
        assertThat(last.get(31L).end()).isEqualTo("2027-12-31T00:00:00Z");
    }

    /** Applies each account's refreshes, each time a little late, and checks that no period has a gap before it. */
    private Map<Long, Span> runCycles() throws SQLException {
        Map<Long, Span> before = spans();
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            now = before.values().stream()
                    .map(Span::end)
                    .max(Instant::compareTo)
                    .orElseThrow();
            List<RefreshJob> jobs = new ArrayList<>();
            before.forEach((id, span) -> jobs.add(new RefreshJob(id, span.end(), 0)));

            assertThat(batches.apply(jobs).total().refreshed()).isEqualTo(ACCOUNTS);

            Map<Long, Span> after = spans();
            Map<Long, Span> then = before;
            assertThat(after).allSatisfy((id, span) -> assertThat(span.start())
                    .isEqualTo(then.get(id).end()));
            before = after;
        }
        try (Connection connection = database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
        assertThat(database.count("SELECT count(*) FROM ledger_entry WHERE type = 'REFRESH'"))
                .isEqualTo((long) ACCOUNTS * CYCLES);
        return before;
    }

    private Map<Long, Span> spans() throws SQLException {
        try (Connection connection = database.superuser();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT id, date_part('epoch', period_start)::bigint,"
                                + " date_part('epoch', period_end)::bigint FROM credit_account")) {
            Map<Long, Span> spans = new HashMap<>();
            while (rows.next()) {
                spans.put(
                        rows.getLong(1),
                        new Span(Instant.ofEpochSecond(rows.getLong(2)), Instant.ofEpochSecond(rows.getLong(3))));
            }
            return spans;
        }
    }
}
