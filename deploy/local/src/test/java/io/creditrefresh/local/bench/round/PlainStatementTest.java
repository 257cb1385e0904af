package io.creditrefresh.local.bench.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.migration.Migration;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.local.bench.BenchAccounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlainStatementTest {

    private static final String TEMPLATE = "plain_statement";
    private static final LocalDate DAY = LocalDate.parse("2026-11-19");
    private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    private static final int DUE = 400;
    private static final int DUE_NEXT_DAY = 100;
    private static final int ON_HOLD = 10;

    private static final PostgresServer SERVER = PostgresServer.shared();

    @BeforeAll
    static void fillADatabase() throws SQLException, IOException {
        SERVER.createDatabase(TEMPLATE);
        try (var connection = connect(TEMPLATE);
                var statement = connection.createStatement();
                var roles = Objects.requireNonNull(Migration.class.getResourceAsStream("/db/roles.sql"))) {
            statement.execute(new String(roles.readAllBytes(), StandardCharsets.UTF_8));
            Migration.migrate(SERVER.dataSource(TEMPLATE, PostgresServer.SUPERUSER));
            BenchAccounts.createDue(connection, DUE, DUE_NEXT_DAY, DAY);
        }
    }

    @Test
    void leavesWhatTheProductLeaves() throws SQLException {
        var expected = afterTheProduct();

        try (var connection = copy("plain_statement_day")) {
            assertThat(PlainStatement.run(connection, DAY, NOW)).isEqualTo(DUE);
            assertThat(PlainStatement.run(connection, DAY.plusDays(1), NOW)).isEqualTo(DUE_NEXT_DAY);

            assertThat(Fingerprint.take(connection)).isEqualTo(expected);
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }

    @Test
    void leavesTheSameOneByOne() throws SQLException {
        var expected = afterTheProduct();

        try (var connection = copy("plain_statement_one")) {
            for (int id = 1; id <= DUE + DUE_NEXT_DAY + ON_HOLD; id++) {
                PlainStatement.runOne(connection, id, NOW);
                PlainStatement.runOne(connection, id, NOW);
            }

            assertThat(Fingerprint.take(connection)).isEqualTo(expected);
        }
    }

    private static Fingerprint afterTheProduct() throws SQLException {
        try (var connection = copy("plain_statement_product")) {
            var catalogue = CatalogueStore.read(connection);
            var ids = LongStream.rangeClosed(1, DUE + DUE_NEXT_DAY + ON_HOLD).toArray();
            var refreshes = RefreshStore.accounts(connection, ids).values().stream()
                    .filter(account -> account.isDue(NOW))
                    .map(account -> RefreshRule.apply(account, catalogue, NOW))
                    .toList();
            assertThat(RefreshStore.apply(connection, refreshes, "worker", NOW)).hasSize(DUE + DUE_NEXT_DAY);
            return Fingerprint.take(connection);
        }
    }

    private static Connection copy(String name) throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
        }
        SERVER.createDatabase(name, TEMPLATE);
        return connect(name);
    }

    private static Connection connect(String database) throws SQLException {
        return SERVER.dataSource(database, PostgresServer.SUPERUSER).getConnection();
    }
}
