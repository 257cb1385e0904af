package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.PhaseRange;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlannerStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final long NOW_MINUTE = Phase.epochMinute(NOW);

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
    void pagesAcrossMinutesAndInsideThem() throws SQLException {
        long late = insert(NOW);
        long first = insert(NOW.minusSeconds(120));
        long second = insert(NOW.minusSeconds(120));
        long third = insert(NOW.minusSeconds(120));
        Watermark start = Watermark.endOf(NOW_MINUTE - 3);

        PlannerStore.Page one = due(start, NOW, 2);
        PlannerStore.Page two = due(one.reached(), NOW, 2);
        PlannerStore.Page three = due(two.reached(), NOW, 2);

        assertThat(accounts(one)).containsExactly(first, second);
        assertThat(one.reached()).isEqualTo(new Watermark(NOW_MINUTE - 2, second));
        assertThat(accounts(two)).containsExactly(third, late);
        assertThat(two.reached()).isEqualTo(new Watermark(NOW_MINUTE, late));
        assertThat(accounts(three)).isEmpty();
        assertThat(three.reached()).isEqualTo(Watermark.endOf(NOW_MINUTE));
    }

    @Test
    void namesThePeriodEndThatIsDue() throws SQLException {
        Instant periodEnd = NOW.minusSeconds(7);
        long id = AccountFixture.user("account-1")
                .periodEnd(periodEnd)
                .refreshAt(NOW)
                .insert(admin);

        assertThat(due(Watermark.endOf(NOW_MINUTE - 1), NOW, 10).jobs())
                .containsExactly(new RefreshJob(id, periodEnd, 0));
    }

    @Test
    void goesOnWhereTheCircleBeginsAnew() throws SQLException {
        long before = insert(CIRCLE.minusSeconds(60));
        long after = insert(CIRCLE);
        Watermark start = Watermark.endOf(Phase.epochMinute(CIRCLE) - 5);

        PlannerStore.Page one = due(start, CIRCLE, 10);
        PlannerStore.Page two = due(one.reached(), CIRCLE, 10);

        assertThat(accounts(one)).containsExactly(before);
        assertThat(one.reached()).isEqualTo(Watermark.endOf(Phase.epochMinute(CIRCLE) - 1));
        assertThat(accounts(two)).containsExactly(after);
        assertThat(two.reached()).isEqualTo(Watermark.endOf(Phase.epochMinute(CIRCLE)));
    }

    @Test
    void findsEachAccountOnceAfterAnOutageOfMoreThanThirtyDays() throws SQLException {
        List<Long> due = new ArrayList<>();
        for (int day = 0; day <= 80; day += 5) {
            due.add(insert(NOW.minus(Duration.ofDays(day))));
        }
        insert(NOW.plus(Duration.ofDays(10)));

        List<Long> found = new ArrayList<>();
        Watermark reached = Watermark.endOf(NOW_MINUTE - 80 * 1_440 - 1);
        while (!reached.covers(NOW_MINUTE)) {
            PlannerStore.Page page = due(reached, NOW, 3);
            found.addAll(accounts(page));
            reached = page.reached();
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(due);
        assertThat(reached).isEqualTo(Watermark.endOf(NOW_MINUTE));
    }

    @Test
    void passesOverAccountsOfTheSamePhaseThatAreNotDueYet() throws SQLException {
        insert(NOW.plus(Duration.ofDays(30)));
        AccountFixture.user("held").periodEnd(NOW).onHold().insert(admin);

        assertThat(due(Watermark.endOf(NOW_MINUTE - 1), NOW, 10).jobs()).isEmpty();
    }

    @Test
    void findsExactlyTheLostOnes() throws SQLException {
        long lost = insert(NOW.minusSeconds(600));
        long settledLast = insert(NOW.minusSeconds(300));
        insert(NOW.minusSeconds(240));
        insert(NOW.minusSeconds(600).plus(Duration.ofDays(30)));
        AccountFixture.user("held").periodEnd(NOW.minusSeconds(600)).onHold().insert(admin);
        fail(insert(NOW.minusSeconds(600)), NOW.minusSeconds(600), NOW, "retrying");
        long failedBefore = insert(NOW.minusSeconds(600));
        fail(failedBefore, NOW.minus(Duration.ofDays(30)), NOW, "exhausted");
        long settled = NOW_MINUTE - 5;

        PlannerStore.Page page =
                PlannerStore.lost(planner, PhaseRange.behind(Watermark.endOf(NOW_MINUTE - 20), settled), settled, 100);

        assertThat(accounts(page)).containsExactly(lost, failedBefore, settledLast);
        assertThat(page.jobs()).allMatch(job -> job.attempt() == 0);
        assertThat(page.reached()).isEqualTo(Watermark.endOf(settled));
    }

    @Test
    void takesRetriesThatHaveComeDueAndMovesThemOn() throws SQLException {
        long retrying = insert(NOW.minusSeconds(600));
        long exhausted = insert(NOW.minusSeconds(600));
        fail(retrying, NOW.minusSeconds(600), NOW, "retrying");
        fail(exhausted, NOW.minusSeconds(600), NOW.minusSeconds(1), "exhausted");
        fail(insert(NOW.minusSeconds(600)), NOW.minusSeconds(600), NOW.plusSeconds(1), "retrying");

        List<RefreshJob> jobs = take(planner, 100);

        assertThat(jobs)
                .containsExactlyInAnyOrder(
                        new RefreshJob(retrying, NOW.minusSeconds(600), 2),
                        new RefreshJob(exhausted, NOW.minusSeconds(600), 2));
        assertThat(nextAttempt(retrying)).isEqualTo(NOW.plusSeconds(600));
        assertThat(nextAttempt(exhausted)).isEqualTo(NOW.plusSeconds(3_600));
        assertThat(take(planner, 100)).isEmpty();
    }

    @Test
    void takesRetriesInPages() throws SQLException {
        for (int i = 0; i < 5; i++) {
            fail(insert(NOW.minusSeconds(600)), NOW.minusSeconds(600), NOW.minusSeconds(i), "retrying");
        }

        assertThat(take(planner, 2)).extracting(RefreshJob::accountId).containsExactlyInAnyOrder(5L, 4L);
        assertThat(take(planner, 2)).extracting(RefreshJob::accountId).containsExactlyInAnyOrder(3L, 2L);
        assertThat(take(planner, 2)).extracting(RefreshJob::accountId).containsExactly(1L);
    }

    @Test
    void leavesRetriesOfEndedPeriodsAndOfHeldAccounts() throws SQLException {
        fail(insert(NOW.minusSeconds(600)), NOW.minus(Duration.ofDays(30)), NOW, "retrying");
        long held = AccountFixture.user("held")
                .periodEnd(NOW.minusSeconds(600))
                .onHold()
                .insert(admin);
        fail(held, NOW.minusSeconds(600), NOW, "retrying");

        assertThat(take(planner, 100)).isEmpty();
        assertThat(nextAttempt(held)).isEqualTo(NOW);
    }

    @Test
    void givesARetryToOneOfTwoPlanners() throws SQLException {
        fail(insert(NOW.minusSeconds(600)), NOW.minusSeconds(600), NOW, "retrying");
        fail(insert(NOW.minusSeconds(600)), NOW.minusSeconds(600), NOW, "retrying");
        try (Connection other = database.as("credit_planner").getConnection()) {
            planner.setAutoCommit(false);
            List<RefreshJob> first = take(planner, 1);

            List<RefreshJob> second = take(other, 100);
            planner.commit();
            List<RefreshJob> third = take(other, 100);

            assertThat(first).hasSize(1);
            assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
            assertThat(third).isEmpty();
        }
    }

    private long insert(Instant refreshAt) throws SQLException {
        return AccountFixture.user("user-" + ++users)
                .periodEnd(refreshAt)
                .refreshAt(refreshAt)
                .insert(admin);
    }

    private void fail(long accountId, Instant dueAt, Instant nextAttemptAt, String state) {
        database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId + ", '" + dueAt
                + "', '" + nextAttemptAt + "', '" + NOW + "', '" + NOW + "', 2, '" + state + "', 'data', 'planted')");
    }

    private Instant nextAttempt(long accountId) {
        return Instant.ofEpochSecond(database.count(
                "SELECT date_part('epoch', next_attempt_at)::bigint FROM refresh_failure WHERE account_id = "
                        + accountId));
    }

    private PlannerStore.Page due(Watermark watermark, Instant now, int limit) throws SQLException {
        return PlannerStore.due(planner, PhaseRange.behind(watermark, Phase.epochMinute(now)), now, limit);
    }

    private static List<RefreshJob> take(Connection connection, int limit) throws SQLException {
        return PlannerStore.takeRetries(connection, NOW, NOW.plusSeconds(600), NOW.plusSeconds(3_600), limit);
    }

    private static List<Long> accounts(PlannerStore.Page page) {
        return page.jobs().stream().map(RefreshJob::accountId).toList();
    }
}
