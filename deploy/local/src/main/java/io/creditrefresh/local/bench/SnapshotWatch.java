package io.creditrefresh.local.bench;

import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the API's metric of its snapshots from time to time, more often than that forgets the longest one. */
final class SnapshotWatch implements AutoCloseable {

    private static final int LOOK_EVERY_SECONDS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();
    private final HttpRequest metrics;
    private SnapshotTimes seen;

    SnapshotWatch(ServiceProcess api) throws IOException, InterruptedException {
        this.metrics = HttpRequest.newBuilder(URI.create(api.managementUrl() + "/q/metrics"))
                .build();
        this.seen = look();
        var unused =
                looks.scheduleWithFixedDelay(this::lookAgain, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** What the metric says now, with the longest one since the watch began. */
    synchronized SnapshotTimes times() throws IOException, InterruptedException {
        seen = look().after(seen);
        return seen;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    private void lookAgain() {
        try {
            times();
        } catch (IOException e) {
            // The next look, or the last one, finds an API that is well or says what is wrong.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SnapshotTimes look() throws IOException, InterruptedException {
        return SnapshotTimes.parse(http.send(metrics, BodyHandlers.ofString()).body());
    }
}
