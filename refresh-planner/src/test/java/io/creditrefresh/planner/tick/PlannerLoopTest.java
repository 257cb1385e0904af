package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.message.UnreadableJobException;
import io.creditrefresh.ledger.schedule.Phase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
class PlannerLoopTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:20Z");
    private static final Instant THIS_MINUTE = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    PlannerLoop loop;

    @Inject
    SettableClock clock;

    private JobTopic topic;

    @BeforeEach
    void begin() {
        PlannerServers.forgetEverything();
        topic = JobTopic.open(PlannerServers.kafka.bootstrapServers());
        clock.set(NOW);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    @Test
    void emitsExactlyWhatIsDue() throws SQLException, UnreadableJobException {
        List<RefreshJob> due = new ArrayList<>();
        for (int minutesAgo = 0; minutesAgo < 8; minutesAgo++) {
            Instant refreshAt = THIS_MINUTE.minus(Duration.ofMinutes(minutesAgo));
            due.add(new RefreshJob(PlannerServers.insert(refreshAt), refreshAt, 0));
        }
        PlannerServers.insert(THIS_MINUTE.plusSeconds(60));
        PlannerServers.insert(THIS_MINUTE.plus(Duration.ofDays(30)));

        TickReport report = loop.runOnce();

        assertThat(report).isEqualTo(new TickReport(8, 0, 0, 0, false, Optional.empty()));
        assertThat(topic.newJobs()).containsExactlyInAnyOrderElementsOf(due);
    }

    @Test
    void emitsNothingTwice() throws SQLException, UnreadableJobException {
        PlannerServers.insert(THIS_MINUTE);
        loop.runOnce();
        topic.newJobs();

        assertThat(loop.runOnce().emitted()).isZero();
        assertThat(topic.newJobs()).isEmpty();
    }

    @Test
    void emitsWhatHasComeDueSinceTheLastTick() throws SQLException, UnreadableJobException {
        PlannerServers.insert(THIS_MINUTE);
        long next = PlannerServers.insert(THIS_MINUTE.plusSeconds(60));
        loop.runOnce();
        topic.newJobs();
        clock.advance(Duration.ofSeconds(60));

        loop.runOnce();

        assertThat(topic.newAccounts()).containsExactly(next);
    }

    @Test
    void opensTheRunOfTheDay() throws SQLException {
        PlannerServers.insert(THIS_MINUTE);
        PlannerServers.insert(THIS_MINUTE.plusSeconds(7_200));

        loop.runOnce();

        assertThat(PlannerServers.database.query("SELECT string_agg(run_date || ' ' || planned, ',') FROM refresh_run"))
                .isEqualTo("2026-11-20 2");
    }

    @Test
    void emitsEveryPhaseAfterAMonthWithoutAPlanner() throws SQLException, UnreadableJobException {
        loop.runOnce();
        List<Long> due = new ArrayList<>();
        for (int day = 1; day <= 40; day++) {
            due.add(PlannerServers.insert(THIS_MINUTE.plus(Duration.ofDays(day))));
        }
        clock.set(NOW.plus(Duration.ofDays(40)));

        int emitted = 0;
        boolean more = true;
        while (more) {
            TickReport report = loop.runOnce();
            emitted += report.due();
            more = report.more();
        }

        assertThat(emitted).isEqualTo(40);
        assertThat(topic.newAccounts()).containsAll(due);
        assertThat(watermarkMinute()).isEqualTo(Phase.epochMinute(clock.instant()));
    }

    @Test
    void setsAWatermarkBackThatIsAheadOfNow() throws SQLException, UnreadableJobException {
        clock.advance(Duration.ofDays(3));
        loop.runOnce();
        clock.set(NOW);
        long due = PlannerServers.insert(THIS_MINUTE.plusSeconds(60));

        loop.runOnce();
        clock.advance(Duration.ofSeconds(60));
        loop.runOnce();

        assertThat(topic.newAccounts()).containsExactly(due);
    }

    @Test
    void leavesAWatermarkThatAnotherClockIsJustAheadWith() {
        clock.advance(Duration.ofSeconds(60));
        loop.runOnce();
        clock.set(NOW);

        loop.runOnce();

        assertThat(watermarkMinute()).isEqualTo(Phase.epochMinute(NOW) + 1);
    }

    @Test
    void emitsARetryThatHasComeDueOnceWithItsAttempt() throws SQLException, UnreadableJobException {
        Instant dueAt = THIS_MINUTE.minus(Duration.ofHours(2));
        long failed = PlannerServers.insert(dueAt);
        loop.runOnce();
        topic.newJobs();
        PlannerServers.fail(failed, dueAt, 2, NOW);

        TickReport first = loop.runOnce();
        TickReport second = loop.runOnce();

        assertThat(first).isEqualTo(new TickReport(0, 1, 0, 0, false, Optional.empty()));
        assertThat(second.emitted()).isZero();
        assertThat(topic.newJobs()).containsExactly(new RefreshJob(failed, dueAt, 2));
    }

    @Test
    void emitsARetryAgainThatGotLost() throws SQLException, UnreadableJobException {
        long failed = PlannerServers.insert(THIS_MINUTE);
        PlannerServers.fail(failed, THIS_MINUTE, 2, NOW);
        loop.runOnce();
        topic.newJobs();
        clock.advance(Duration.ofMinutes(10));

        assertThat(loop.runOnce().retries()).isEqualTo(1);
        assertThat(topic.newAccounts()).containsExactly(failed);
    }

    private static long watermarkMinute() {
        return PlannerServers.database.count("SELECT watermark_minute FROM planner_position");
    }
}
