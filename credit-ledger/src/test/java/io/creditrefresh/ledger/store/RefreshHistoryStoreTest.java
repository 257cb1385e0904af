package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.refresh.LastRefresh;
import io.creditrefresh.ledger.refresh.RefreshRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefreshHistoryStoreTest {

    private static final Instant PERIOD_END = Instant.parse("2026-11-19T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection api;
    private long account;

    @BeforeEach
    void connect() throws SQLException {
        admin = database.superuser();
        api = database.as("credit_api").getConnection();
        account = AccountFixture.user("account-1")
                .plan("pro")
                .holding(300, 50)
                .periodEnd(PERIOD_END)
                .insert(admin);
        refresh(AccountFixture.user("other").insert(admin), NOW);
    }

    @AfterEach
    void disconnect() throws SQLException {
        api.close();
        admin.close();
    }

    @Test
    void findsNothingBeforeTheFirstRefresh() throws SQLException {
        assertThat(RefreshHistoryStore.last(api, account)).isEmpty();
        assertThat(RefreshHistoryStore.last(api, 999)).isEmpty();
    }

    @Test
    void findsTheNewestOfSeveralRefreshes() throws SQLException {
        refresh(account, NOW);
        refresh(account, NOW.plus(Duration.ofDays(30)));

        assertThat(RefreshHistoryStore.last(api, account))
                .hasValue(new LastRefresh(
                        NOW.plus(Duration.ofDays(30)),
                        PERIOD_END.plus(Duration.ofDays(30)),
                        20_000,
                        20_000,
                        0,
                        0,
                        20_050));
    }

    @Test
    void findsAManualRefreshThatCameAfterARegularOne() throws SQLException {
        refresh(account, NOW);
        enter(3, "MANUAL_REFRESH", NOW.plusSeconds(60), 700);
        enter(4, "MANUAL_REFRESH", NOW.plusSeconds(120), 800);
        enter(5, "ADJUST", NOW.plusSeconds(180), -5);

        assertThat(RefreshHistoryStore.last(api, account))
                .hasValue(new LastRefresh(NOW.plusSeconds(120), PERIOD_END, 800, 0, 0, 800, 20_800));
    }

    @Test
    void findsARegularRefreshThatCameAfterAManualOne() throws SQLException {
        enter(2, "MANUAL_REFRESH", NOW, 700);
        database.execute("UPDATE credit_account SET version = 2 WHERE id = " + account);
        refresh(account, NOW.plusSeconds(60));

        assertThat(RefreshHistoryStore.last(api, account))
                .hasValueSatisfying(last -> assertThat(last.at()).isEqualTo(NOW.plusSeconds(60)));
    }

    @Test
    void findsItByIndexWithoutReadingTheHistory() throws SQLException {
        String plan;
        try (var statement = admin.createStatement()) {
            statement.execute("SET enable_seqscan = off");
            statement.execute("SET plan_cache_mode = force_generic_plan");
            statement.execute("PREPARE last (bigint) AS " + RefreshHistoryStore.LAST.replace("?", "$1"));
            try (var rows = statement.executeQuery("EXPLAIN EXECUTE last (1)")) {
                StringBuilder lines = new StringBuilder();
                while (rows.next()) {
                    lines.append(rows.getString(1)).append('\n');
                }
                plan = lines.toString();
            }
        }

        assertThat(plan).contains("one_refresh_per_account_and_period", "manual_refresh_by_account");
        assertThat(plan).doesNotContain("Filter", "Seq Scan");
    }

    private void refresh(long id, Instant now) throws SQLException {
        Account due = RefreshStore.accounts(admin, new long[] {id}).get(id);
        RefreshStore.apply(admin, List.of(RefreshRule.apply(due, CatalogueStore.read(admin), now)), "worker", now);
    }

    private void enter(int seq, String type, Instant at, long amount) {
        database.execute(
                "INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after, granted,"
                        + " lapsed, carried, period_start, actor, created_at) VALUES (" + account + ", " + seq + ", '"
                        + type
                        + "', " + amount + ", 20000, " + (20_000 + amount) + ", " + Math.max(amount, 0) + ", 0, 0, '"
                        + PERIOD_END
                        + "', 'planted', '" + at + "')");
    }
}
