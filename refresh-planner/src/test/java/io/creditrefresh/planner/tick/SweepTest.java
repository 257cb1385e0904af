package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.message.UnreadableJobException;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.planner.jobs.ConsumerLag;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
class SweepTest {

    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration GRACE = Duration.ofMinutes(10);

    @Inject
    PlannerLoop loop;

    @Inject
    SettableClock clock;

    @Inject
    DataSource dataSource;

    @Inject
    ConsumerLag lag;

    @Inject
    JobEmitter emitter;

    @Inject
    Grace grace;

    @Inject
    RefreshSettings settings;

    private JobTopic topic;

    @BeforeEach
    void begin() {
        finish();
        PlannerServers.forgetEverything();
        topic = JobTopic.open(PlannerServers.kafka.bootstrapServers());
        clock.set(START);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    @Test
    void emitsALostJobAgainOnceItWasPassedAGraceTimeAgo() throws SQLException, UnreadableJobException {
        long lost = PlannerServers.insert(START);
        loop.runOnce();
        topic.newJobs();

        // The first sweep settles what lay before the first tick, the second what that tick passed.
        assertThat(settle()).isZero();
        clock.advance(GRACE.minusSeconds(1));
        assertThat(loop.runOnce().swept()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(loop.runOnce().swept()).isEqualTo(1);

        assertThat(topic.newJobs()).containsExactly(new RefreshJob(lost, START, 0));
    }

    @Test
    void emitsALostJobWithEverySweepUntilItIsRefreshed() throws SQLException, UnreadableJobException {
        long lost = PlannerServers.insert(START);
        loop.runOnce();
        settle();
        settle();
        topic.newJobs();

        assertThat(settle()).isEqualTo(1);
        PlannerServers.database.execute("UPDATE credit_account SET refresh_at = refresh_at + interval '720 hours',"
                + " period_end = period_end + interval '720 hours' WHERE id = " + lost);
        assertThat(settle()).isZero();
    }

    @Test
    void findsWhatWasScheduledBehindTheWatermark() throws SQLException, UnreadableJobException {
        loop.runOnce();
        long late = PlannerServers.insert(START.minusSeconds(60));

        assertThat(settle()).isEqualTo(1);
        assertThat(topic.newAccounts()).containsExactly(late);
    }

    @Test
    void leavesAccountsWithAFailureToTheirRetries() throws SQLException {
        long failed = PlannerServers.insert(START);
        loop.runOnce();
        PlannerServers.fail(failed, START, 2, START.plus(Duration.ofDays(9)));

        assertThat(settle() + settle() + settle()).isZero();
    }

    @Test
    void looksAtAllPhasesOnceADay() throws SQLException, UnreadableJobException {
        loop.runOnce();
        settle();
        long old = PlannerServers.insert(START.minus(Duration.ofDays(5)));

        assertThat(settle()).isZero();
        clock.advance(Duration.ofDays(1));
        assertThat(settle()).isEqualTo(1);
        assertThat(topic.newAccounts()).containsExactly(old);
        assertThat(settle()).isZero();
    }

    @Test
    void waitsWhileTooManyJobsWaitInKafka() throws SQLException, NotAcknowledgedException {
        PlannerServers.insert(START);
        loop.runOnce();
        clock.advance(GRACE);
        Sweep sweep = new Sweep(dataSource, lag, emitter, grace, new LagLimit(settings, 0));

        assertThat(sweep.emit(clock.instant())).isEqualTo(Emission.NOTHING);
        assertThat(PlannerServers.database.query("SELECT settled_minute FROM planner_position"))
                .isEqualTo("null");
    }

    @Test
    void beginsForOneOfTwoPlanners() throws SQLException, NotAcknowledgedException {
        PlannerServers.insert(START.minusSeconds(3_600));
        loop.runOnce();
        settle();
        clock.advance(GRACE);
        Sweep other = new Sweep(dataSource, lag, emitter, grace, settings);

        int swept = other.emit(clock.instant()).jobs() + loop.runOnce().swept();

        assertThat(swept).isEqualTo(1);
    }

    /** Jobs swept after one more grace time. */
    private int settle() {
        clock.advance(GRACE);
        return finish();
    }

    /** Jobs swept until nothing is left to do, also of a sweep that another test has begun. */
    private int finish() {
        int swept = 0;
        boolean more = true;
        while (more) {
            TickReport report = loop.runOnce();
            swept += report.swept();
            more = report.more();
        }
        return swept;
    }

    private record LagLimit(RefreshSettings others, long sweepLagLimit) implements RefreshSettings {

        @Override
        public boolean enabled() {
            return others.enabled();
        }

        @Override
        public boolean dryRun() {
            return others.dryRun();
        }

        @Override
        public int batchSize() {
            return others.batchSize();
        }

        @Override
        public int intervalHours() {
            return others.intervalHours();
        }

        @Override
        public Duration tick() {
            return others.tick();
        }

        @Override
        public Duration grace() {
            return others.grace();
        }
    }
}
