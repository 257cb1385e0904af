package io.creditrefresh.local.bench.round;

import static io.creditrefresh.local.bench.round.DueDatabase.DAY;
import static io.creditrefresh.local.bench.round.DueDatabase.DUE;
import static io.creditrefresh.local.bench.round.DueDatabase.DUE_NEXT_DAY;
import static io.creditrefresh.local.bench.round.DueDatabase.NOW;
import static io.creditrefresh.local.bench.round.DueDatabase.ON_HOLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RefreshStore;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlainStatementTest {

    private static DueDatabase database;

    @BeforeAll
    static void fillADatabase() throws SQLException {
        database = new DueDatabase("plain_statement");
    }

    @Test
    void leavesWhatTheProductLeaves() throws SQLException {
        var expected = afterTheProduct();

        try (var connection = database.copy("plain_statement_day")) {
            assertThat(PlainStatement.run(connection, DAY, NOW)).isEqualTo(DUE);
            assertThat(PlainStatement.run(connection, DAY.plusDays(1), NOW)).isEqualTo(DUE_NEXT_DAY);

            assertThat(Fingerprint.take(connection)).isEqualTo(expected);
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }

    @Test
    void leavesTheSameOneByOne() throws SQLException {
        var expected = afterTheProduct();

        try (var connection = database.copy("plain_statement_one")) {
            for (int id = 1; id <= DUE + DUE_NEXT_DAY + ON_HOLD; id++) {
                PlainStatement.runOne(connection, id, NOW);
                PlainStatement.runOne(connection, id, NOW);
            }

            assertThat(Fingerprint.take(connection)).isEqualTo(expected);
        }
    }

    private static Fingerprint afterTheProduct() throws SQLException {
        try (var connection = database.copy("plain_statement_product")) {
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
}
