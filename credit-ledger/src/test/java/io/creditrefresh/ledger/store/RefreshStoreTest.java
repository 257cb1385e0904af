package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshRule;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefreshStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection worker;

    @BeforeEach
    void connect() throws SQLException {
        admin = database.superuser();
        worker = database.as("credit_worker").getConnection();
        worker.setAutoCommit(false);
    }

    @AfterEach
    void disconnect() throws SQLException {
        worker.close();
        admin.close();
    }

    @Test
    void writesTheNewStateAndItsEntryInOneStatement() throws SQLException {
        long id = AccountFixture.user("account-1").plan("pro").holding(300, 50).insert(admin);

        assertThat(RefreshStore.apply(worker, List.of(refreshOf(id)), "worker", NOW))
                .containsExactly(id);
        worker.commit();

        assertThat(database.query(
                        "SELECT row(allowance, bonus, granted_this_period, version, date_part('epoch', period_end"
                                + " - period_start), phase = (date_part('epoch', refresh_at)::bigint / 60) % 43200)"
                                + " FROM credit_account"))
                .isEqualTo("(20000,50,20000,2,2592000,t)");
        assertThat(database.query(
                        "SELECT row(seq, type, amount, balance_before, balance_after, granted, lapsed, carried,"
                                + " run_date, actor, metadata) FROM ledger_entry WHERE seq = 2"))
                .isEqualTo("(2,REFRESH,19700,350,20050,20000,300,0,2026-11-19,worker,)");
    }

    @Test
    void leavesAnAccountAloneThatSomebodyElseChanged() throws SQLException {
        long id = AccountFixture.user("account-1").insert(admin);
        Refresh stale = refreshOf(id);
        database.execute("UPDATE credit_account SET version = 2");

        assertThat(RefreshStore.apply(worker, List.of(stale), "worker", NOW)).isEmpty();
        worker.commit();

        assertThat(database.count("SELECT count(*) FROM ledger_entry")).isEqualTo(1);
    }

    @Test
    void refusesASecondRefreshOfOnePeriodAndKeepsTheAccountAsItWas() throws SQLException {
        long id = AccountFixture.user("account-1").insert(admin);
        Refresh refresh = refreshOf(id);
        database.execute(
                "INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after, granted,"
                        + " lapsed, carried, period_start, run_date, actor, created_at) VALUES (" + id
                        + ", 7, 'REFRESH', 0, 0, 0, 0, 0, 0, '" + refresh.dueAt()
                        + "', '2026-11-20', 'planted', now())");

        assertThatThrownBy(() -> RefreshStore.apply(worker, List.of(refresh), "worker", NOW))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("one_refresh_per_account_and_period");
        worker.rollback();

        assertThat(database.count("SELECT version FROM credit_account")).isEqualTo(1);
    }

    @Test
    void namesTheSkippedPeriods() throws SQLException {
        long id = AccountFixture.user("account-1")
                .periodEnd(Instant.parse("2026-08-01T00:00:00Z"))
                .insert(admin);

        RefreshStore.apply(worker, List.of(refreshOf(id)), "worker", NOW);
        worker.commit();

        assertThat(database.query("SELECT metadata ->> 'skippedPeriods' FROM ledger_entry WHERE seq = 2"))
                .isEqualTo("3");
    }

    @Test
    void skipsLockedAccountsWhenAskedForLocks() throws SQLException {
        long locked = AccountFixture.user("account-1").insert(admin);
        long free = AccountFixture.user("account-2").insert(admin);
        admin.setAutoCommit(false);
        admin.createStatement().execute("SELECT id FROM credit_account WHERE id = " + locked + " FOR UPDATE");

        assertThat(RefreshStore.lockUnlocked(worker, new long[] {locked, free, 999}))
                .containsOnlyKeys(free);
    }

    @Test
    void writesARegularRefreshWithoutTouchingAnIndex() throws SQLException {
        for (int i = 0; i < 100; i++) {
            AccountFixture.user("account-" + i).insert(admin);
        }

        RefreshStore.apply(worker, List.of(refreshOf(1), refreshOf(2), refreshOf(3)), "worker", NOW);

        try (var rows = worker.createStatement()
                .executeQuery("SELECT n_tup_hot_upd FROM pg_stat_xact_user_tables WHERE relname = 'credit_account'")) {
            rows.next();
            assertThat(rows.getLong(1)).isEqualTo(3);
        }
    }

    private Refresh refreshOf(long id) throws SQLException {
        Account account = RefreshStore.accounts(worker, new long[] {id}).get(id);
        return RefreshRule.apply(account, CatalogueStore.read(worker), NOW);
    }
}
