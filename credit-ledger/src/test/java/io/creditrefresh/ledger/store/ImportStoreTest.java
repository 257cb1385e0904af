package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.imports.ImportRule;
import io.creditrefresh.ledger.imports.ImportedAccount;
import io.creditrefresh.ledger.imports.ImportedUser;
import io.creditrefresh.ledger.plan.Catalogue;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LAST_REFRESH = Instant.parse("2026-11-01T10:11:12Z");

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection operator;

    @BeforeEach
    void begin() throws SQLException {
        operator = database.as("credit_operator").getConnection();
        operator.setAutoCommit(false);
        ImportStore.begin(operator);
        operator.commit();
    }

    @AfterEach
    void disconnect() throws SQLException {
        operator.close();
    }

    @Test
    void writesSubscriberAccountAndEntry() throws SQLException {
        ImportedUser user =
                new ImportedUser("account-1", "a@example.com", "pro", 20_001, LAST_REFRESH, false, 31, 500L);

        assertThat(insert(List.of(user))).isEqualTo(1);

        assertThat(database.query("SELECT row(user_id, email, plan_code, billing_state, refresh_hold, refresh_day,"
                        + " created_at = '2026-11-20T12:00:00Z') FROM subscriber"))
                .isEqualTo("(account-1,a@example.com,pro,active,f,31,t)");
        assertThat(database.query(
                        "SELECT row(kind, plan, billing_state, refresh_day, custom_allowance, allowance, bonus,"
                                + " granted_this_period, version, phase, paid_until) FROM credit_account"))
                .isEqualTo("(credits,pro,active,31,500,500,19501,500,1,39806,)");
        assertThat(database.query("SELECT row(period_start AT TIME ZONE 'UTC', period_end AT TIME ZONE 'UTC',"
                        + " refresh_at AT TIME ZONE 'UTC') FROM credit_account"))
                .isEqualTo("(\"2026-11-01 10:11:12\",\"2026-11-30 00:00:00\",\"2026-11-30 15:26:00\")");
        assertThat(database.query("SELECT row(seq, type, amount, balance_before, balance_after, granted, actor,"
                        + " idempotency_key, period_start AT TIME ZONE 'UTC', created_at = '2026-11-20T12:00:00Z')"
                        + " FROM ledger_entry"))
                .isEqualTo("(1,IMPORT,20001,0,20001,,import,import,\"2026-11-01 10:11:12\",t)");
        assertAuditIsEmpty();
    }

    @Test
    void keepsWhatIsAbsentAbsent() throws SQLException {
        insert(List.of(new ImportedUser("account-1", null, "free", 0, null, true, null, null)));

        assertThat(database.query("SELECT row(email, refresh_hold, refresh_day) FROM subscriber"))
                .isEqualTo("(,t,)");
        assertThat(database.query("SELECT row(refresh_day, custom_allowance, refresh_at, phase) FROM credit_account"))
                .isEqualTo("(,,,)");
        assertAuditIsEmpty();
    }

    @Test
    void leavesSubscribersThatExistExactlyAsTheyAre() throws SQLException {
        insert(List.of(user("account-1", 100)));
        String before = everything();

        assertThat(insert(List.of(user("account-1", 999)))).isZero();

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void insertsTheNewOnesAmongExistingOnes() throws SQLException {
        insert(users(0, 10));

        assertThat(insert(users(5, 1_005))).isEqualTo(995);

        assertThat(database.count("SELECT count(*) FROM ledger_entry")).isEqualTo(1_005);
        assertAuditIsEmpty();
    }

    @Test
    void knowsWhichUsersExist() throws SQLException {
        insert(users(0, 2));

        assertThat(ImportStore.existing(operator, List.of("user-1", "user-2"))).containsExactly("user-1");
    }

    @Test
    void namesTheFirstLineOfAUserWhoIsRepeated() throws SQLException {
        assertThat(ImportStore.noteLines(operator, Map.of(2L, "a", 3L, "b", 4L, "a")))
                .isEqualTo(Map.of(4L, 2L));
        operator.commit();

        assertThat(ImportStore.noteLines(operator, Map.of(5L, "b", 6L, "c", 7L, "a", 8L, "a")))
                .isEqualTo(Map.of(5L, 3L, 7L, 2L, 8L, 2L));
    }

    @Test
    void insertsEachUserOnceWhenTwoImportTheSameInOppositeOrders() throws Exception {
        List<ImportedUser> ascending = users(0, 3_000);
        List<ImportedUser> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);

        CompletableFuture<Integer> one = CompletableFuture.supplyAsync(() -> insertInChunks(ascending));
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> insertInChunks(descending));

        assertThat(one.get() + other.get()).isEqualTo(3_000);
        assertThat(database.count("SELECT count(*) FROM ledger_entry")).isEqualTo(3_000);
        assertAuditIsEmpty();
    }

    private int insert(List<ImportedUser> users) throws SQLException {
        int inserted = ImportStore.insertOnce(operator, opened(operator, users), NOW);
        operator.commit();
        return inserted;
    }

    private int insertInChunks(List<ImportedUser> users) {
        try (Connection connection = database.as("credit_operator").getConnection()) {
            connection.setAutoCommit(false);
            int inserted = 0;
            for (int from = 0; from < users.size(); from += 100) {
                inserted +=
                        ImportStore.insertOnce(connection, opened(connection, users.subList(from, from + 100)), NOW);
                connection.commit();
            }
            return inserted;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ImportedAccount> opened(Connection connection, List<ImportedUser> users) throws SQLException {
        Catalogue catalogue = CatalogueStore.read(connection);
        return users.stream().map(user -> ImportRule.open(user, catalogue, NOW)).toList();
    }

    private static List<ImportedUser> users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> user("user-" + i, i)).toList();
    }

    private static ImportedUser user(String userId, long balance) {
        return new ImportedUser(userId, null, "free", balance, null, false, null, null);
    }

    /** All rows of the three tables, with their physical versions. */
    private String everything() {
        return database.query("SELECT string_agg(r, '|') FROM ("
                + "SELECT s.xmin || s::text AS r FROM subscriber s"
                + " UNION ALL SELECT a.xmin || a::text FROM credit_account a"
                + " UNION ALL SELECT e.xmin || e::text FROM ledger_entry e) AS t");
    }

    private void assertAuditIsEmpty() throws SQLException {
        try (Connection connection = database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }
}
