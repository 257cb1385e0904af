package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.migration.Migration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BenchAccountsTest {

    private static final String DATABASE = "bench_accounts";
    private static final LocalDate TODAY = LocalDate.parse("2026-11-19");
    private static final int ACCOUNTS = 3_000;

    private static Connection connection;

    @BeforeAll
    static void createThem() throws SQLException, IOException {
        var server = PostgresServer.shared();
        server.createDatabase(DATABASE);
        connection = server.dataSource(DATABASE, PostgresServer.SUPERUSER).getConnection();
        try (var statement = connection.createStatement();
                var roles = Objects.requireNonNull(Migration.class.getResourceAsStream("/db/roles.sql"))) {
            statement.execute(new String(roles.readAllBytes(), StandardCharsets.UTF_8));
        }
        Migration.migrate(server.dataSource(DATABASE, PostgresServer.SUPERUSER));
        BenchAccounts.create(connection, ACCOUNTS, TODAY);
    }

    @AfterAll
    static void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void passTheAudit() throws SQLException {
        assertThat(LedgerAudit.findings(connection)).isEmpty();
        assertThat(query("SELECT count(*) FROM credit_account")).isEqualTo("3000");
    }

    @Test
    void areDueInEqualPartsOnThirtyDays() throws SQLException {
        assertThat(query("SELECT count(DISTINCT phase / 1440) || ' days, ' || min(n) || ' to ' || max(n) FROM ("
                        + " SELECT phase, count(*) OVER (PARTITION BY phase / 1440) AS n"
                        + " FROM credit_account WHERE phase IS NOT NULL) d"))
                .isEqualTo("30 days, 97 to 98");
        assertThat(query("SELECT count(*) FROM credit_account"
                        + " WHERE refresh_at >= '2026-11-19T00:00Z' AND refresh_at < '2026-11-20T00:00Z'"))
                .isEqualTo("98");
    }

    @Test
    void areRefreshedAtTheirNextSlot() throws SQLException {
        assertThat(query("SELECT count(*) FROM credit_account WHERE refresh_at - period_end >= interval '24 hours'"))
                .isEqualTo("0");
        assertThat(query("SELECT count(*) FROM credit_account WHERE period_end - period_start <> interval '720 hours'"))
                .isEqualTo("0");
    }

    @Test
    void areOnHoldInSomeCases() throws SQLException {
        assertThat(query("SELECT count(*) FROM credit_account WHERE refresh_at IS NULL"))
                .isEqualTo("61");
    }

    @Test
    void haveTheBatchesOfTheirLastRefresh() throws SQLException {
        assertThat(query("SELECT sum(refreshed) || ' on ' || count(DISTINCT run_date) || ' days to ' || max(run_date)"
                        + " FROM refresh_batch"))
                .isEqualTo("3000 on 31 days to 2026-11-18");
        assertThat(query("SELECT count(*) FROM ledger_entry e JOIN credit_account a ON a.id = e.account_id"
                        + " WHERE e.type = 'REFRESH' AND e.run_date"
                        + " <> ((a.refresh_at - interval '720 hours') AT TIME ZONE 'UTC')::date"))
                .isEqualTo("0");
    }

    @Test
    void areDueInExactNumbersBesideThoseOnHold() {
        for (var due : new int[] {1, 48, 49, 96, 97, 10_000}) {
            var accounts = BenchAccounts.withHeld(due);

            assertThat(accounts - accounts / 49).isEqualTo(due);
            assertThat(accounts % 49).as("no more than are needed").isNotZero();
        }
    }

    private static String query(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
