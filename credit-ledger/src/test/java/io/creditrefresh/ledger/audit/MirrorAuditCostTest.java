package io.creditrefresh.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report reads of a ledger of 60 days, 5,000 entries each. */
class MirrorAuditCostTest {

    private static final Pattern PAGES_READ = Pattern.compile("Heap Blocks: (?:exact=(\\d+) ?)?(?:lossy=(\\d+))?");

    private static final int PAGES_PER_RANGE = 128;

    private final LedgerDatabase database = LedgerDatabase.create();

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void readsTheEntriesOfItsDaysAlone(String planCacheMode) throws SQLException {
        fill();
        long pages = database.count("SELECT relpages FROM pg_class WHERE relname = 'ledger_entry'");

        List<String> plan = plan(planCacheMode);

        assertThat(plan)
                .anyMatch(line -> line.contains("Bitmap Index Scan on entry_by_time"))
                .noneMatch(line -> line.contains("Seq Scan on ledger_entry"));
        long read = plan.stream()
                .map(PAGES_READ::matcher)
                .filter(matcher -> matcher.find())
                .mapToLong(matcher -> number(matcher.group(1)) + number(matcher.group(2)))
                .sum();
        assertThat(read)
                .as("two of sixty days, and the summarized ranges that they begin and end in, of %d pages", pages)
                .isBetween(pages * 2 / 60, pages * 2 / 60 + 3 * PAGES_PER_RANGE);
    }

    private void fill() throws SQLException {
        database.execute("UPDATE rollout SET opened_at = '2026-09-10T00:00Z'");
        database.execute("INSERT INTO subscriber (user_id, plan_code, created_at)"
                + " SELECT 'user-' || i, 'free', '2026-09-01Z' FROM generate_series(1, 5000) i");
        database.execute("INSERT INTO credit_account (subscriber_id, kind, plan, allowance, bonus, granted_this_period,"
                + " period_start, period_end, version) SELECT id, 'credits', 'free', 0, 1000, 0, '2026-09-01Z',"
                + " '2026-10-01Z', 60 FROM subscriber");
        database.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " bonus_change, period_start, actor, idempotency_key, created_at)"
                + " SELECT account, day + 1, CASE WHEN account % 2 = 0 THEN 'CONSUME' ELSE 'ADJUST' END, -1, 1000 - day,"
                + " 999 - day, -1, '2026-09-01Z', 'service:shop', 'consume:' || day,"
                + " timestamptz '2026-09-01Z' + day * interval '1 day' + account * interval '17 s'"
                + " FROM generate_series(0, 59) day, generate_series(1, 5000) account ORDER BY day, account");
        database.execute("VACUUM ANALYZE ledger_entry, credit_account, rollout");
    }

    private List<String> plan(String planCacheMode) throws SQLException {
        try (Connection connection = database.as("credit_api").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = " + planCacheMode);
            statement.execute("PREPARE days (bigint, bigint) AS "
                    + MirrorAudit.DAYS.replaceFirst("\\?", "\\$1").replaceFirst("\\?", "\\$2"));
            List<String> lines = new ArrayList<>();
            try (var rows = statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF) EXECUTE days ("
                    + "date_part('epoch', timestamptz '2026-10-10Z')::bigint,"
                    + " date_part('epoch', timestamptz '2026-10-12Z')::bigint)")) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        }
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
