package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.movement.Cause;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorationsTest {

    private static final Instant LATER = DUE.plus(Duration.ofHours(1));
    private static final EntriesOnly RESULT = new EntriesOnly();

    private final CommandLedger ledger = new CommandLedger();
    private final BulkAtOnce bulk =
            new BulkAtOnce(ledger.access, ledger.database.as("credit_planner"), ledger.database.as("credit_worker"));

    @Test
    void takesEachRefreshOfOverlappingRangesBackOnce() throws SQLException {
        refreshed("bob", 300, 70);
        refreshed("eve", 1_000, 0);

        List<String> first = restored(DUE, LATER, false);
        List<String> second = restored(DUE.minusSeconds(3_600), DUE.plusSeconds(1), false);

        assertThat(first).containsExactly("1 RESTORED", "2 RESTORED");
        assertThat(second).containsExactly("1 ALREADY", "2 ALREADY");
        assertThat(ledger.balance("bob")).isEqualTo("300 + 70");
        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 370", "credits REFRESH 700", "credits RESTORE -700");
    }

    @Test
    void leavesRefreshesOutsideOfTheRangeAndOfOthers() throws SQLException {
        refreshed("bob", 300, 0);

        assertThat(restored(DUE.plusSeconds(1), LATER, false)).isEmpty();
        assertThat(restored(DUE.minusSeconds(1), DUE, false)).isEmpty();
    }

    @Test
    void tellsInADryRunAndWritesNothing() throws SQLException {
        refreshed("bob", 300, 0);
        String before = ledger.dump();

        assertThat(restored(DUE, LATER, true)).containsExactly("1 RESTORED");
        assertThat(ledger.dump()).isEqualTo(before);
    }

    @Test
    void reportsARefreshWhosePeriodIsOver() throws SQLException {
        refreshed("bob", 300, 0);
        ledger.now = DUE.plus(Duration.ofDays(30));

        assertThat(restored(DUE, LATER, false)).containsExactly("1 PERIOD_OVER");
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits REFRESH 700");
    }

    @Test
    void leavesADueAccountInItsPeriodWhileNobodyRefreshesByHimself() throws SQLException {
        refreshed("bob", 300, 0);
        ledger.now = DUE.plus(Duration.ofDays(30));
        ledger.paused = true;

        assertThat(restored(DUE, LATER, false)).containsExactly("1 RESTORED");
        assertThat(ledger.balance("bob")).isEqualTo("300 + 0");
    }

    private void refreshed(String userId, long allowance, long bonus) throws SQLException {
        ledger.open(user(userId).holding(allowance, bonus));
        ledger.now = DUE;
        new BillingSync(ledger.access).sync(by(userId), List.of(), RESULT);
    }

    private List<String> restored(Instant from, Instant to, boolean dryRun) throws SQLException {
        return bulk.run(BulkWish.restoreOf(from, to, null), new Cause("admin:alice", "a bad run"), dryRun).stream()
                .map(result -> result.item().accountId() + " " + result.fate())
                .toList();
    }
}
