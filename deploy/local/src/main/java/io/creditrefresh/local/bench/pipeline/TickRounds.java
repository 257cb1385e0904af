package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.bench.round.Median;
import io.creditrefresh.local.stack.DayClock;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import io.creditrefresh.local.token.Bearer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;

/**
 * Takes ticks of a planner that find the same few due accounts among many, which are spread over 30 days. Its clock
 * stands, its watermark is set back before each tick, and no worker runs.
 */
final class TickRounds {

    private static final String NTH_REFRESH = """
            SELECT refresh_at
            FROM credit_account
            WHERE refresh_at IS NOT NULL
            ORDER BY refresh_at
            OFFSET ?
            LIMIT 1
            """;

    private static final int WARM_UP = 30;
    private static final int TICKS = 21;

    private final BenchStack bench;
    private final int due;

    /** Makes rounds of ticks that find {@code due} accounts, and those of the same minute as the last of them. */
    TickRounds(BenchStack bench, int due) {
        this.bench = bench;
        this.due = due;
    }

    /**
     * The median of several ticks of one planner, as its own metric tells.
     *
     * @param day first of the 30
     */
    Duration take(LocalDate day) throws SQLException, IOException, InterruptedException {
        var stack = bench.stack();
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            PlannerControl.setWatermarkBefore(connection, day);
            stack.useClock(DayClock.standingAt(endOfMinute(connection)));
            bench.startServices(Service.PLANNER);
            var planner = stack.running(Service.PLANNER).orElseThrow();
            try {
                return ticks(new PlannerControl(planner, stack.tokens().of(Bearer.SERVICE)), connection, day);
            } finally {
                stack.running().forEach(ServiceProcess::stop);
            }
        }
    }

    private Duration ticks(PlannerControl planner, Connection connection, LocalDate day)
            throws SQLException, IOException, InterruptedException {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < WARM_UP + TICKS; i++) {
            PlannerControl.setWatermarkBefore(connection, day);
            var before = planner.metrics();
            planner.tick().join();
            var after = planner.metrics();
            // One of the planner's own may have come in between, and have left nothing to this one.
            if (i >= WARM_UP && after.ticks() == before.ticks() + 1 && after.emitted() - before.emitted() >= due) {
                seconds.add(after.tickSeconds() - before.tickSeconds());
            }
        }
        return Duration.ofNanos((long) (Median.of(seconds) * 1e9));
    }

    private Instant endOfMinute(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(NTH_REFRESH)) {
            select.setInt(1, due - 1);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class)
                        .toInstant()
                        .truncatedTo(ChronoUnit.MINUTES)
                        .plusSeconds(59);
            }
        }
    }
}
