package io.creditrefresh.local.day;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.stack.LocalStack;
import java.sql.SQLException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks how far the day is. While Postgres or Kafka is away it knows what it saw last. */
public final class ProgressProbe implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressProbe.class);

    private final LocalStack stack;
    private final SimulatedDay day;
    private final InstantSource clock;
    private final JobsTopic jobs;
    private Progress last;

    public ProgressProbe(LocalStack stack, SimulatedDay day) {
        this.stack = stack;
        this.day = day;
        this.clock = day.clock().on(Clock.systemUTC());
        this.jobs = new JobsTopic(stack.kafka().bootstrapServers());
        this.last = Progress.at(clock.instant());
    }

    public Progress probe() throws InterruptedException {
        var time = clock.instant();
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            var queries = new DayQueries(connection);
            // Acknowledged is asked first: what comes in between can only make the lag look larger, never negative.
            var acknowledged = jobs.acknowledged();
            var emitted = jobs.emitted();
            last = new Progress(
                    time,
                    emitted,
                    queries.inBatches(day.date()),
                    queries.held(day.end()),
                    queries.failed(day.end()),
                    emitted - acknowledged);
        } catch (SQLException | ExecutionException e) {
            LOG.warn("could not look how far the day is", e);
            last = last.withTime(time);
        }
        return last;
    }

    /** Accounts of the day that were neither refreshed nor failed; as many as ever while Postgres is away. */
    public long open() {
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            return new DayQueries(connection).open(day.end());
        } catch (SQLException e) {
            LOG.warn("could not count what is open", e);
            return day.due();
        }
    }

    @Override
    public void close() {
        jobs.close();
    }
}
