package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.store.RestorationStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestorationsTest {

    private static final Instant LATER = DUE.plus(Duration.ofHours(1));
    private static final EntriesOnly RESULT = new EntriesOnly();

    private final CommandLedger ledger = new CommandLedger();
    private final Restorations restorations = new Restorations(ledger.access);
    private final Overrides overrides = new Overrides(ledger.access);

    @Test
    void takesEachRefreshOfOverlappingRangesBackOnce() throws SQLException {
        refreshed("bob", 300, 70);
        refreshed("eve", 1_000, 0);

        List<String> first = restored(DUE, LATER, false);
        List<String> second = restored(DUE.minusSeconds(3_600), DUE.plusSeconds(1), false);

        assertThat(first).containsExactly("bob RESTORED", "eve RESTORED");
        assertThat(second).containsExactly("bob ALREADY", "eve ALREADY");
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

        assertThat(restored(DUE, LATER, true)).containsExactly("bob RESTORED");
        assertThat(ledger.dump()).isEqualTo(before);
    }

    @Test
    void reportsARefreshWhosePeriodIsOver() throws SQLException {
        refreshed("bob", 300, 0);
        ledger.now = DUE.plus(Duration.ofDays(30));

        assertThat(restored(DUE, LATER, false)).containsExactly("bob PERIOD_OVER");
        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 300", "credits REFRESH 700", "credits REFRESH 0");
    }

    @Test
    void leavesADueAccountInItsPeriodWhileNobodyRefreshesByHimself() throws SQLException {
        refreshed("bob", 300, 0);
        ledger.now = DUE.plus(Duration.ofDays(30));
        ledger.paused = true;

        assertThat(restored(DUE, LATER, false)).containsExactly("bob RESTORED");
        assertThat(ledger.balance("bob")).isEqualTo("300 + 0");
    }

    private void refreshed(String userId, long allowance, long bonus) throws SQLException {
        ledger.open(user(userId).holding(allowance, bonus));
        ledger.now = DUE;
        overrides.sync(by(userId), RESULT);
    }

    private List<String> restored(Instant from, Instant to, boolean dryRun) throws SQLException {
        List<String> fates = new ArrayList<>();
        restorations.restore(
                new RestorationStore.Range(from, to, List.of()),
                new Cause("admin:alice", "a bad run"),
                dryRun,
                (bad, fate) -> fates.add(bad.userId() + " " + fate));
        return fates;
    }
}
