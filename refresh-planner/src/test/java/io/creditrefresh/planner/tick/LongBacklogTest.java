package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.PlannerPosition;
import io.creditrefresh.planner.jobs.JobSender;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
@Timeout(60)
class LongBacklogTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:20Z");
    private static final Instant THIS_MINUTE = Instant.parse("2026-11-20T12:00:00Z");
    private static final int PAGE = 5 * PlannerServers.PAGE_SIZE;

    @Inject
    SettableClock clock;

    @Inject
    DataSource dataSource;

    @Inject
    JobSender sender;

    @Inject
    PlannerMetrics metrics;

    @Inject
    LoopProgress progress;

    @Inject
    RefreshSettings settings;

    private final List<Integer> pages = new ArrayList<>();
    private final List<Long> emitted = new ArrayList<>();
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
    void emitsInTheOrderOfAccounts() throws Exception {
        List<Long> due = backlog(4 * PAGE);
        long future = PlannerServers.insert(THIS_MINUTE.plusSeconds(60));

        emitAll();

        assertThat(emitted).containsExactlyElementsOf(due);
        assertThat(topic.newAccounts()).containsExactlyInAnyOrderElementsOf(due).doesNotContain(future);
        assertThat(watermarkMinute()).isEqualTo(Phase.epochMinute(NOW));
        assertThat(backlogMinutes()).isZero();
    }

    @Test
    void leavesAShortBacklogInTheOrderOfMinutes() throws Exception {
        List<Long> due = backlog(PAGE);

        emitAll();

        assertThat(emitted).containsExactlyInAnyOrderElementsOf(due);
        assertThat(emitted.get(0)).isEqualTo(due.get(due.size() - 1));
    }

    @Test
    void leavesABacklogOfAnHourInTheOrderOfMinutes() throws Exception {
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < 3 * PAGE; i++) {
            due.add(0, PlannerServers.insert(THIS_MINUTE.minusSeconds(60 * (i % 59))));
        }

        emitAll();

        assertThat(emitted).containsExactlyInAnyOrderElementsOf(due);
        assertThat(pages.get(0)).isEqualTo(PlannerServers.PAGE_SIZE);
    }

    @Test
    void goesOnWhereAnotherPlannerHasEnded() throws Exception {
        List<Long> due = backlog(4 * PAGE);
        assertThat(dueAccounts(stoppingAfterAPage()).emit().jobs()).isEqualTo(PAGE);
        assertThat(backlogMinutes()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(7));
        long late = PlannerServers.insert(THIS_MINUTE.plusSeconds(300));
        emitAll();

        assertThat(emitted.subList(0, due.size())).containsExactlyElementsOf(due);
        assertThat(emitted.subList(due.size(), emitted.size())).containsExactly(late);
    }

    @Test
    void emitsAPageAgainWhenItEndsBeforeThePositionIsMoved() throws Exception {
        List<Long> due = backlog(4 * PAGE);
        JobEmitter killed = new JobEmitter(sender, metrics, progress) {
            @Override
            void emit(List<RefreshJob> page, Reason reason) throws NotAcknowledgedException {
                super.emit(page, reason);
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> dueAccounts(killed).emit()).hasMessage("killed");

        emitAll();

        List<Long> sent = topic.newAccounts();
        assertThat(sent).hasSize(due.size() + PAGE).containsAll(due);
    }

    @Test
    void leavesNobodyOutWhenTwoPlannersRunAtOnce() throws Exception {
        List<Long> due = backlog(6 * PAGE);
        dueAccounts(stoppingAfterAPage()).emit();
        assertThat(backlogMinutes()).isEqualTo(1);

        while (watermarkMinute() < Phase.epochMinute(NOW)) {
            CompletableFuture<Void> one = CompletableFuture.runAsync(this::emit);
            CompletableFuture<Void> other = CompletableFuture.runAsync(this::emit);
            CompletableFuture.allOf(one, other).join();
        }

        assertThat(topic.newAccounts()).containsAll(due);
    }

    @Test
    void endsItsTickWhenAnotherPlannerHasMovedThePosition() throws Exception {
        backlog(4 * PAGE);
        JobEmitter overtaken = new JobEmitter(sender, metrics, progress) {
            @Override
            void emit(List<RefreshJob> page, Reason reason) {
                PlannerServers.database.execute("UPDATE planner_position SET backlog_account_id = 7");
            }
        };

        assertThat(dueAccounts(overtaken).emit()).isEqualTo(new Emission(PAGE, Emission.End.LOST_RACE));
    }

    @Test
    void goesOnInTheNextTickAfterTwentyPages() throws Exception {
        backlog(LongBacklog.PAGES_PER_TICK * PAGE + 1);

        assertThat(dueAccounts(new Recording(progress)).emit())
                .isEqualTo(new Emission(LongBacklog.PAGES_PER_TICK * PAGE, Emission.End.MORE));
        emitAll();

        assertThat(emitted).hasSize(LongBacklog.PAGES_PER_TICK * PAGE + 1);
    }

    @Test
    void takesABacklogOfAClockThatWasAheadBackToNow() throws Exception {
        List<Long> due = backlog(4 * PAGE);
        clock.advance(Duration.ofDays(2));
        assertThat(dueAccounts(stoppingAfterAPage()).emit().jobs()).isEqualTo(PAGE);
        clock.set(NOW);

        emitAll();

        assertThat(emitted).containsExactlyElementsOf(due);
        assertThat(watermarkMinute()).isEqualTo(Phase.epochMinute(NOW));
    }

    @Test
    void endsABacklogThatAPlannerOfAnEarlierVersionHasEmittedByMinutes() throws Exception {
        backlog(4 * PAGE);
        dueAccounts(stoppingAfterAPage()).emit();
        PlannerServers.database.execute("UPDATE planner_position SET watermark_minute = " + Phase.epochMinute(NOW)
                + ", watermark_account_id = " + Long.MAX_VALUE);

        assertThat(dueAccounts(new Recording(progress)).emit()).isEqualTo(new Emission(0, Emission.End.MORE));

        assertThat(backlogMinutes()).isZero();
        assertThat(watermarkMinute()).isEqualTo(Phase.epochMinute(NOW));
    }

    @Test
    void emitsByMinutesWhenAnotherPlannerIsFasterToBegin() throws Exception {
        backlog(4 * PAGE);
        PlannerPosition before = new PlannerPosition(
                Watermark.endOf(0), Optional.empty(), 0, NOW, OptionalLong.empty(), Optional.empty());
        dueAccounts(stoppingAfterAPage()).emit();

        assertThat(new LongBacklog(dataSource, new Recording(progress), settings).find(before, Phase.epochMinute(NOW)))
                .isEmpty();
    }

    /** The later an account was made, the earlier it came due, within two hours. */
    private static List<Long> backlog(int accounts) throws SQLException {
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < accounts; i++) {
            due.add(PlannerServers.insert(THIS_MINUTE.minusSeconds(60L * (120 * i / accounts))));
        }
        return due;
    }

    private JobEmitter stoppingAfterAPage() {
        LoopProgress stopping = new LoopProgress();
        return new Recording(stopping) {
            @Override
            void emit(List<RefreshJob> page, Reason reason) throws NotAcknowledgedException {
                super.emit(page, reason);
                stopping.stop();
            }
        };
    }

    private void emitAll() throws SQLException, NotAcknowledgedException {
        DueAccounts dueAccounts = dueAccounts(new Recording(progress));
        while (watermarkMinute() < Phase.epochMinute(clock.instant())) {
            dueAccounts.emit();
        }
    }

    private void emit() {
        try {
            dueAccounts(new JobEmitter(sender, metrics, progress)).emit();
        } catch (SQLException | NotAcknowledgedException e) {
            throw new CompletionException(e);
        }
    }

    private DueAccounts dueAccounts(JobEmitter emitter) {
        return new DueAccounts(dataSource, clock, emitter, new LongBacklog(dataSource, emitter, settings), settings);
    }

    private static long watermarkMinute() {
        return PlannerServers.database.count("SELECT coalesce(max(watermark_minute), 0) FROM planner_position");
    }

    private static long backlogMinutes() {
        return PlannerServers.database.count("SELECT count(backlog_minute) FROM planner_position");
    }

    /** Emits, and remembers in which order. */
    private class Recording extends JobEmitter {

        Recording(LoopProgress progress) {
            super(sender, metrics, progress);
        }

        @Override
        void emit(List<RefreshJob> page, Reason reason) throws NotAcknowledgedException {
            super.emit(page, reason);
            if (!page.isEmpty()) {
                pages.add(page.size());
            }
            page.forEach(job -> emitted.add(job.accountId()));
        }
    }
}
