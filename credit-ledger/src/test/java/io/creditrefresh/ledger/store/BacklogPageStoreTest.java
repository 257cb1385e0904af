package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.schedule.Backlog;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogPageStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final long NOW_MINUTE = Phase.epochMinute(NOW);
    private static final Backlog BACKLOG = Backlog.upTo(NOW_MINUTE);
    private static final Watermark TEN_DAYS_AGO = Watermark.endOf(NOW_MINUTE - 14_400);
    private static final Watermark A_DAY_AGO = Watermark.endOf(NOW_MINUTE - 1_440);

    /** An instant with phase 0: the circle begins anew. */
    private static final Instant CIRCLE = Instant.ofEpochSecond(43_200L * 60 * 692);

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection planner;
    private int users;

    @BeforeEach
    void connect() throws SQLException {
        admin = database.superuser();
        planner = database.as("credit_planner").getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        planner.close();
        admin.close();
    }

    @Test
    void pagesInTheOrderOfIdsWhateverTheMinute() throws SQLException {
        long first = insert(NOW.minusSeconds(60));
        long second = insert(NOW.minus(Duration.ofDays(9)));
        long third = insert(NOW);

        BacklogPageStore.Page one = due(BACKLOG, 2);
        BacklogPageStore.Page two = due(one.reached(), 2);

        assertThat(accounts(one)).containsExactly(first, second);
        assertThat(one.reached()).isEqualTo(BACKLOG.reached(second));
        assertThat(accounts(two)).containsExactly(third);
        assertThat(two.reached().accountId()).isGreaterThanOrEqualTo(BacklogPageStore.lastAccount(planner));
    }

    @Test
    void namesThePeriodEndThatIsDue() throws SQLException {
        Instant periodEnd = NOW.minusSeconds(7);
        long id = AccountFixture.user("account-1")
                .periodEnd(periodEnd)
                .refreshAt(NOW)
                .insert(admin);

        assertThat(due(BACKLOG, 10).jobs()).containsExactly(new RefreshJob(id, periodEnd, 0));
    }

    @Test
    void leavesOutWhatComesDueLaterAndWhatIsOffTheSchedule() throws SQLException {
        insert(NOW.plusSeconds(60));
        AccountFixture.user("held").onHold().insert(admin);

        assertThat(due(BACKLOG, 10).jobs()).isEmpty();
    }

    @Test
    void leavesOutWhatLiesBeforeTheWatermark() throws SQLException {
        insert(NOW.minusSeconds(120));
        long due = insert(NOW.minusSeconds(60));

        BacklogPageStore.Page page = BacklogPageStore.due(planner, Watermark.endOf(NOW_MINUTE - 2), BACKLOG, 10);

        assertThat(accounts(page)).containsExactly(due);
    }

    @Test
    void looksAtSoManyIdsAtMost() throws SQLException {
        long first = insert(NOW);
        database.execute("ALTER TABLE credit_account ALTER COLUMN id RESTART WITH 1000000");
        long far = insert(NOW);

        Backlog reached = due(BACKLOG, 10).reached();

        assertThat(reached.accountId()).isBetween(first, far - 1);
        assertThat(accounts(due(BACKLOG.reached(far - 1), 10))).containsExactly(far);
    }

    @Test
    void knowsTheLastAccount() throws SQLException {
        assertThat(BacklogPageStore.lastAccount(planner)).isZero();
        insert(NOW);
        long last = insert(NOW);
        assertThat(BacklogPageStore.lastAccount(planner)).isEqualTo(last);
    }

    @Test
    void isLongFromAShareOfAllAccountsOn() throws SQLException {
        insert(NOW.minusSeconds(120), 3);
        insert(NOW.plus(Duration.ofDays(5)), 5);
        database.execute("ANALYZE credit_account");

        assertThat(isLong(A_DAY_AGO, NOW, 0, 3)).isTrue();
        assertThat(isLong(A_DAY_AGO, NOW, 0, 2)).isFalse();
    }

    @Test
    void isNotLongWithFewAccounts() throws SQLException {
        insert(NOW.minusSeconds(120), 3);

        assertThat(isLong(A_DAY_AGO, NOW, 2, 4)).isTrue();
        assertThat(isLong(A_DAY_AGO, NOW, 3, 4)).isFalse();
        assertThat(isLong(A_DAY_AGO, NOW.minusSeconds(180), 0, 4)).isFalse();
        assertThat(isLong(Watermark.endOf(NOW_MINUTE - 2), NOW, 0, 4)).isFalse();
    }

    @Test
    void countsAcrossTheEndOfTheCircle() throws SQLException {
        insert(CIRCLE.minusSeconds(120), 2);
        insert(CIRCLE.plusSeconds(120), 2);
        Watermark before = Watermark.endOf(Phase.epochMinute(CIRCLE) - 60);

        assertThat(isLong(before, CIRCLE.plusSeconds(120), 3, 4)).isTrue();
        assertThat(isLong(before, CIRCLE.plusSeconds(120), 4, 4)).isFalse();
    }

    @Test
    void countsEachAccountOnceAfterMoreThanACircle() throws SQLException {
        insert(NOW.minusSeconds(120), 3);
        Watermark longAgo = Watermark.endOf(NOW_MINUTE - 100_000);

        assertThat(isLong(longAgo, NOW, 2, 4)).isTrue();
        assertThat(isLong(longAgo, NOW, 3, 4)).isFalse();
    }

    private BacklogPageStore.Page due(Backlog backlog, int limit) throws SQLException {
        return BacklogPageStore.due(planner, TEN_DAYS_AGO, backlog, limit);
    }

    private boolean isLong(Watermark watermark, Instant now, int least, int oneIn) throws SQLException {
        return BacklogPageStore.isLong(planner, watermark, Phase.epochMinute(now), least, oneIn);
    }

    private static List<Long> accounts(BacklogPageStore.Page page) {
        return page.jobs().stream().map(RefreshJob::accountId).toList();
    }

    private void insert(Instant refreshAt, int accounts) throws SQLException {
        for (int i = 0; i < accounts; i++) {
            insert(refreshAt);
        }
    }

    private long insert(Instant refreshAt) throws SQLException {
        return AccountFixture.user("user-" + ++users)
                .periodEnd(refreshAt)
                .refreshAt(refreshAt)
                .insert(admin);
    }
}
