package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.ledger.schedule.Watermark;
import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;

/** Tells the planner from which day on to emit, and when to. */
final class PlannerControl {

    private static final String SET = """
            INSERT INTO planner_position (
                watermark_minute, watermark_account_id, marked_minute, marked_at, full_sweep_at)
            VALUES (?, ?, ?, now(), now())
            ON CONFLICT ON CONSTRAINT there_is_one_position DO UPDATE
            SET
                watermark_minute = EXCLUDED.watermark_minute,
                watermark_account_id = EXCLUDED.watermark_account_id,
                backlog_minute = NULL,
                backlog_account_id = NULL,
                marked_minute = EXCLUDED.marked_minute
            """;

    private static final int SECONDS_PER_MINUTE = 60;

    private final ServiceProcess planner;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Of a planner that is ready.
     *
     * @param token of somebody who may trigger it
     */
    PlannerControl(ServiceProcess planner, String token) {
        this.planner = planner;
        this.token = token;
    }

    /** Nothing that was due before this day is emitted, and all that was due since; the sweep has just been done. */
    static void setWatermarkBefore(Connection connection, LocalDate day) throws SQLException {
        var minute = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond() / SECONDS_PER_MINUTE - 1;
        try (var set = connection.prepareStatement(SET)) {
            set.setLong(1, minute);
            set.setLong(2, Watermark.WHOLE_MINUTE);
            set.setLong(3, minute);
            set.executeUpdate();
        }
    }

    /**
     * Lets the planner tick at once, and again until it has emitted all: one call emits for 20 s at most, and what it leaves
     * would wait for the next minute.
     */
    CompletableFuture<Void> tick() {
        var request = HttpRequest.newBuilder(URI.create(planner.url() + "/api/scheduled-tasks/credit-refresh-queue"))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenCompose(answer -> {
            check(answer);
            return answer.body().contains("\"hasMore\":true") ? tick() : CompletableFuture.completedFuture(null);
        });
    }

    PlannerMetrics metrics() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(planner.managementUrl() + "/q/metrics"))
                .build();
        return PlannerMetrics.parse(http.send(request, BodyHandlers.ofString()).body());
    }

    private static void check(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(
                    "the planner answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
    }
}
