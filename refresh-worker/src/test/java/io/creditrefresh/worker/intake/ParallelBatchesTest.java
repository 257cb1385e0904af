package io.creditrefresh.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.worker.RealParts;
import io.creditrefresh.worker.RefreshSwitch;
import io.creditrefresh.worker.bulk.BulkBatches;
import io.creditrefresh.worker.health.ReportedBatches;
import io.creditrefresh.worker.trouble.WeatherException;
import io.creditrefresh.worker.trouble.WeatherShelter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
@QuarkusTestResource(TestTokens.class)
@Timeout(60)
class ParallelBatchesTest {

    private static final List<RefreshJob> FIRST = batch(1);
    private static final List<RefreshJob> SECOND = batch(2);
    private static final List<RefreshJob> THIRD = batch(3);

    @Inject
    ReportedBatches batches;

    @Inject
    BulkBatches bulk;

    @Inject
    RefreshSwitch refreshing;

    @Inject
    WeatherShelter shelter;

    @Inject
    ExecutorService executor;

    @Inject
    RefreshSettings settings;

    private int jobsPerPoll = 100_000;
    private final Queue<List<RefreshJob>> open = new ConcurrentLinkedQueue<>(List.of(FIRST, SECOND, THIRD));
    private final Queue<List<RefreshJob>> done = new ConcurrentLinkedQueue<>();

    @Test
    void doesAllBatches() throws Exception {
        assertThat(parallel(done::add).apply(open)).isTrue();

        assertThat(open).isEmpty();
        assertThat(done).containsExactlyInAnyOrder(FIRST, SECOND, THIRD);
    }

    @Test
    void givesBothConnectionsAsManyBatchesOfTheSameSize() {
        ParallelBatches parallel = parallel(done::add);

        assertThat(sizes(parallel.of(jobs(0)))).isEmpty();
        assertThat(sizes(parallel.of(jobs(1)))).containsExactly(1);
        assertThat(sizes(parallel.of(jobs(settings.batchSize())))).containsExactly(settings.batchSize());
        assertThat(sizes(parallel.of(jobs(2 * settings.batchSize() + 1))))
                .hasSize(4)
                .allSatisfy(size -> assertThat(size).isBetween(settings.batchSize() / 2, settings.batchSize() / 2 + 1));
        assertThat(parallel.of(jobs(5 * settings.batchSize())).stream().flatMap(List::stream))
                .isEqualTo(jobs(5 * settings.batchSize()));
    }

    @Test
    void hasBatchesOfAFullPollForBothConnections() {
        jobsPerPoll = settings.batchSize();

        assertThat(sizes(parallel(done::add).of(jobs(jobsPerPoll)))).containsExactly(jobsPerPoll / 2, jobsPerPoll / 2);
    }

    @Test
    void hasNoBatchWithoutJobs() {
        jobsPerPoll = 1;

        assertThat(sizes(parallel(done::add).of(jobs(3)))).containsExactly(1, 1, 1);
    }

    @Test
    void putsABatchBackThatFails() {
        ParallelBatches parallel = parallel(batch -> {
            if (batch.equals(SECOND)) {
                throw new WeatherException("planted", new IllegalStateException());
            }
            done.add(batch);
        });

        assertThatThrownBy(() -> parallel.apply(open)).isInstanceOf(WeatherException.class);

        assertThat(open).contains(SECOND).doesNotContainAnyElementsOf(done);
    }

    @Test
    void putsABatchBackThatEndsWithAnError() {
        ParallelBatches parallel = parallel(batch -> {
            if (!batch.equals(FIRST)) {
                throw new StackOverflowError("planted");
            }
            done.add(batch);
        });

        assertThatThrownBy(() -> parallel.apply(open)).isInstanceOf(Exception.class);

        assertThat(open).contains(SECOND, THIRD);
    }

    @Test
    void tellsTheWeatherFromABugBesideIt() {
        ParallelBatches parallel = parallel(batch -> {
            if (batch.equals(FIRST)) {
                throw new IllegalStateException("a bug");
            }
            throw new WeatherException("planted", new IllegalStateException());
        });

        assertThatThrownBy(() -> parallel.apply(open)).isInstanceOf(WeatherException.class);
    }

    private ParallelBatches parallel(Consumer<List<RefreshJob>> doing) {
        PolledJobs polled = new PolledJobs(batches, bulk, refreshing) {
            @Override
            boolean apply(List<RefreshJob> jobs) {
                doing.accept(jobs);
                return true;
            }
        };
        return new ParallelBatches(polled, shelter, executor, settings, jobsPerPoll);
    }

    private static List<Integer> sizes(Queue<List<RefreshJob>> batches) {
        return batches.stream().map(List::size).toList();
    }

    private static List<RefreshJob> jobs(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(account -> new RefreshJob(account, Instant.EPOCH, 0))
                .toList();
    }

    private static List<RefreshJob> batch(long account) {
        return List.of(new RefreshJob(account, Instant.EPOCH, 0));
    }
}
