package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.message.UnreadableJobException;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.planner.jobs.JobSender;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
class DueAccountsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:20Z");
    private static final Instant THIS_MINUTE = Instant.parse("2026-11-20T12:00:00Z");

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
    void leavesNobodyOutWhenTwoPlannersRunAtOnce() throws SQLException, UnreadableJobException {
        List<Long> due = new ArrayList<>();
        for (int minutesAgo = 0; minutesAgo < 20; minutesAgo++) {
            due.addAll(PlannerServers.insert(THIS_MINUTE.minusSeconds(60L * minutesAgo), 4));
        }

        while (watermarkMinute() < Phase.epochMinute(NOW)) {
            CompletableFuture<Void> one = CompletableFuture.runAsync(this::emit);
            CompletableFuture<Void> other = CompletableFuture.runAsync(this::emit);
            CompletableFuture.allOf(one, other).join();
        }

        assertThat(topic.newAccounts()).containsAll(due);
    }

    @Test
    void endsItsTickWhenAnotherPlannerHasMovedTheWatermark() throws SQLException, NotAcknowledgedException {
        PlannerServers.insert(THIS_MINUTE, 9);
        JobEmitter overtaken = new JobEmitter(sender, metrics, progress) {
            @Override
            void emit(List<RefreshJob> page, Reason reason) {
                PlannerServers.database.execute("UPDATE planner_position SET watermark_account_id = 7");
            }
        };

        Emission emission = dueAccounts(overtaken).emit();

        assertThat(emission).isEqualTo(new Emission(3, Emission.End.LOST_RACE));
        assertThat(PlannerServers.database.count("SELECT watermark_account_id FROM planner_position"))
                .isEqualTo(7);
    }

    @Test
    void emitsAPageAgainWhenItEndsBeforeTheWatermarkIsMoved() throws Exception {
        long due = PlannerServers.insert(THIS_MINUTE);
        JobEmitter killed = new JobEmitter(sender, metrics, progress) {
            @Override
            void emit(List<RefreshJob> page, Reason reason) throws NotAcknowledgedException {
                super.emit(page, reason);
                throw new IllegalStateException("killed");
            }
        };
        assertThatThrownBy(() -> dueAccounts(killed).emit()).hasMessage("killed");

        emit();

        assertThat(topic.newAccounts()).containsExactly(due, due);
    }

    @Test
    void endsAfterThePageItIsAtWhenItIsToStop() throws SQLException, NotAcknowledgedException {
        PlannerServers.insert(THIS_MINUTE, 9);
        LoopProgress stopping = new LoopProgress();
        JobEmitter stopped = new JobEmitter(sender, metrics, stopping) {
            @Override
            void emit(List<RefreshJob> page, Reason reason) throws NotAcknowledgedException {
                super.emit(page, reason);
                stopping.stop();
            }
        };

        Emission emission = dueAccounts(stopped).emit();

        assertThat(emission.jobs()).isEqualTo(PlannerServers.PAGE_SIZE);
    }

    @Test
    void goesOnInTheNextTickAfterAHundredPages() throws SQLException, NotAcknowledgedException {
        PlannerServers.insert(THIS_MINUTE, DueAccounts.PAGES_PER_TICK * PlannerServers.PAGE_SIZE + 1);
        DueAccounts dueAccounts = dueAccounts(new JobEmitter(sender, metrics, progress));

        assertThat(dueAccounts.emit()).isEqualTo(new Emission(300, Emission.End.MORE));
        assertThat(dueAccounts.emit()).isEqualTo(new Emission(1, Emission.End.DONE));
    }

    private DueAccounts dueAccounts(JobEmitter emitter) {
        return new DueAccounts(dataSource, clock, emitter, new LongBacklog(dataSource, emitter, settings), settings);
    }

    private void emit() {
        try {
            dueAccounts(new JobEmitter(sender, metrics, progress)).emit();
        } catch (SQLException | NotAcknowledgedException e) {
            throw new CompletionException(e);
        }
    }

    private static long watermarkMinute() {
        return PlannerServers.database.count("SELECT coalesce(max(watermark_minute), 0) FROM planner_position");
    }
}
