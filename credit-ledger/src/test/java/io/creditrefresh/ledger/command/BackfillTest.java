package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.store.KeptConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackfillTest {

    private static final int CLIENTS = 64;
    private static final int USERS = 5;

    private final CommandLedger ledger = new CommandLedger(KeptConnections::new);
    private final RolloutScene scene = new RolloutScene(ledger);
    private final KeptConnections operators = new KeptConnections(ledger.database.as("credit_operator"));
    private final LedgerAccess operator =
            new LedgerAccess(operators, () -> ledger.now, () -> !ledger.paused, "operator");
    private final Told told = new Told();

    /** What a backfill tells. */
    private static final class Told implements Backfill.Report {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void opened(String userId, List<Account> accounts, long refreshed) {
            lines.add(userId + " " + accounts.stream().map(Account::kind).toList() + " " + refreshed);
        }

        @Override
        public void leftOut(Backfill.LeftOut why) {
            lines.add(why.name());
        }

        @Override
        public void failed(String userId, String why) {
            lines.add(userId + " " + why.lines().findFirst().orElseThrow());
        }

        @Override
        public void pageDone(long subscriberId) {
            lines.add("page " + subscriberId);
        }
    }

    @AfterEach
    void close() throws SQLException {
        operators.close();
        ((KeptConnections) ledger.api).close();
    }

    @Test
    void opensEachAccountOnceWhileItsUserSpendsForTheFirstTime() throws SQLException {
        for (int i = 0; i < USERS; i++) {
            ledger.open(user("user-" + i).holding(1_000, 0));
        }
        scene.begin(100);

        AtOnce.run(CLIENTS, client -> client % 16 == 0 ? backfill() : spendOfEach(client));

        for (int i = 0; i < USERS; i++) {
            assertThat(ledger.entries("user-" + i))
                    .filteredOn(entry -> entry.contains("PROVISION"))
                    .containsExactly("analysis PROVISION 100", "roast PROVISION 10");
        }
        assertThat(told.lines).noneMatch(line -> line.contains("ERROR"));
        assertThat(ledger.database.count("SELECT sum(amount) FROM ledger_entry WHERE type = 'CONSUME'"))
                .isEqualTo(-60 * USERS);
        assertAuditIsEmpty();
    }

    @Test
    void refreshesFirstWhoIsDue() throws SQLException {
        ledger.open(user("due").holding(300, 0));
        scene.begin(0);
        ledger.now = CommandLedger.DUE;

        backfill();

        assertThat(told.lines).containsExactly("due [ANALYSIS, ROAST] 1", "page 1");
        assertThat(ledger.entries("due"))
                .containsExactly(
                        "credits IMPORT 300", "credits REFRESH 700", "analysis PROVISION 100", "roast PROVISION 10");
        assertThat(ledger.database.query(
                        "SELECT count(DISTINCT (period_start, period_end, refresh_at)) FROM" + " credit_account"))
                .isEqualTo("1");
        assertAuditIsEmpty();
    }

    @Test
    void opensInThePeriodThatHasEndedWhileRefreshingIsPaused() throws SQLException {
        ledger.open(user("due").holding(300, 0));
        scene.begin(0);
        ledger.now = CommandLedger.DUE;
        ledger.paused = true;

        backfill();

        assertThat(told.lines).containsExactly("due [ANALYSIS, ROAST] 0", "page 1");
        assertThat(ledger.database.query(
                        "SELECT count(DISTINCT (period_start, period_end, refresh_at)) FROM" + " credit_account"))
                .isEqualTo("1");
    }

    @Test
    void goesOnBehindAUserWhoseAccountsAreLocked() throws SQLException {
        List.of("ann", "bob", "eve").forEach(userId -> ledger.open(user(userId)));
        scene.begin(0);
        ledger.database.execute("ALTER ROLE credit_operator IN DATABASE "
                + ledger.database.query("SELECT current_database()") + " SET lock_timeout = '20ms'");
        try (Connection busy = ledger.database.superuser();
                var lock = busy.createStatement()) {
            busy.setAutoCommit(false);
            lock.execute("SELECT FROM credit_account WHERE subscriber_id = 2 FOR UPDATE");

            backfill();
        }

        assertThat(told.lines)
                .containsExactly(
                        "ann [ANALYSIS, ROAST] 0",
                        "bob ERROR: canceling statement due to lock timeout",
                        "eve [ANALYSIS, ROAST] 0",
                        "page 3");
    }

    @Test
    void opensNothingBeforeTheRolloutBegins() throws SQLException {
        ledger.open(user("ann"));

        backfill();

        assertThat(ledger.entries("ann")).containsExactly("credits IMPORT 1000");
    }

    private boolean backfill() {
        try {
            new Backfill(operator, new Cause("operator:backfill-v2", null), 100, false, told).run();
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean spendOfEach(int client) {
        try {
            for (int i = 0; i < USERS; i++) {
                int user = (i + client) % USERS;
                scene.spend("user-" + user, "key-" + client, CreditKind.ANALYSIS, 1);
            }
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assertAuditIsEmpty() throws SQLException {
        try (Connection connection = ledger.database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }
}
