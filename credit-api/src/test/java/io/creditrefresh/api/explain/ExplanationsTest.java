package io.creditrefresh.api.explain;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class ExplanationsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();
    private int statements;

    @BeforeEach
    void insertTheUser() throws SQLException {
        try (Connection connection = database.superuser()) {
            user("alice")
                    .holding(500, 50)
                    .periodEnd(Instant.parse("2026-12-01T00:00:00Z"))
                    .insert(connection);
        }
    }

    @Test
    void takesAsManyStatementsForManyAccountsAndEntriesAsForOne() throws SQLException {
        explanations(statement -> {}).explain("alice", null, null);
        int forOneEntry = statements;
        spend(120);
        database.execute("INSERT INTO credit_account (subscriber_id, kind, plan, allowance, bonus, granted_this_period,"
                + " period_start, period_end, refresh_at, phase, version) SELECT subscriber_id, k, plan, 1, 0, 1,"
                + " period_start, period_end, refresh_at, phase, 1 FROM credit_account,"
                + " unnest(ARRAY['analysis', 'roast']) k");

        Explanation explanation = explanations(statement -> {}).explain("alice", null, "200");

        assertThat(explanation.accounts()).hasSize(3);
        assertThat(explanation.accounts().get(0).entries().data()).hasSize(121);
        assertThat(statements).isEqualTo(forOneEntry).isEqualTo(6);
    }

    /** Whatever is written between two of its statements. */
    @Test
    void showsOneMoment() throws SQLException {
        Explanation explanation = explanations(statement -> spend(1)).explain("alice", null, null);

        ExplainedAccount account = explanation.accounts().get(0);
        assertThat(account.sum().addsUp()).isTrue();
        assertThat(account.sum().lastSeq()).isEqualTo(account.sum().version());
        assertThat(account.entries().data().get(0).balanceAfter()).isEqualTo(account.balance());
        assertThat(account.entries().data()).hasSize((int) account.sum().entries());
        assertThat(database.query("SELECT version FROM credit_account"))
                .isNotEqualTo(String.valueOf(account.sum().version()));
    }

    @Test
    void leavesTheConnectionAsItWas() throws SQLException {
        try (Connection connection = database.as("credit_api").getConnection()) {
            new Explanations(access(single(connection)), new ObjectMapper()).explain("alice", null, null);

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(connection.isReadOnly()).isFalse();
        }
    }

    private void spend(int times) {
        LedgerHistory history = new LedgerHistory(database.as("credit_api"), "alice").at("2026-11-20T12:00:00Z");
        for (int i = 0; i < times; i++) {
            history.spend("spend-" + System.nanoTime(), 1);
        }
    }

    private Explanations explanations(IntConsumer beforeStatement) {
        statements = 0;
        return new Explanations(access(watched(database.as("credit_api"), beforeStatement)), new ObjectMapper());
    }

    private static LedgerAccess access(DataSource source) {
        return new LedgerAccess(source, () -> NOW, () -> true, "api");
    }

    private DataSource watched(DataSource source, IntConsumer beforeStatement) {
        return new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return watched(source.getConnection(), beforeStatement);
            }
        };
    }

    private static DataSource single(Connection connection) {
        return new PGSimpleDataSource() {
            @Override
            public Connection getConnection() {
                return (Connection) Proxy.newProxyInstance(
                        ExplanationsTest.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("close") ? null : method.invoke(connection, arguments));
            }
        };
    }

    private Connection watched(Connection connection, IntConsumer beforeStatement) {
        return (Connection) Proxy.newProxyInstance(
                ExplanationsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().endsWith("Statement")) {
                        statements++;
                        beforeStatement.accept(statements);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
