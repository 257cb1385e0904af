package io.creditrefresh.worker.health;

import io.creditrefresh.worker.WorkerSettings;
import io.creditrefresh.worker.trouble.WeatherShelter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import java.time.Duration;
import org.apache.kafka.common.Metric;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down when only a restart helps: one attempt at a batch takes too long, or the consumer has stopped polling. Weather is
 * no reason for one: attempts fail in time then, and the consumer polls on while its channel is paused.
 */
@Liveness
final class StuckLiveness implements HealthCheck {

    private static final String LAST_POLL = "last-poll-seconds-ago";

    private final WeatherShelter shelter;
    private final KafkaClientService clients;
    private final Duration limit;

    StuckLiveness(WeatherShelter shelter, KafkaClientService clients, WorkerSettings settings) {
        this.shelter = shelter;
        this.clients = clients;
        this.limit = settings.stuckAfter();
    }

    @Override
    public HealthCheckResponse call() {
        Duration atWork = shelter.atWork();
        Duration sinceLastPoll = sinceLastPoll();
        return HealthCheckResponse.named("batch progress")
                .status(atWork.compareTo(limit) < 0 && sinceLastPoll.compareTo(limit) < 0)
                .withData("secondsAtWork", atWork.toSeconds())
                .withData("secondsSinceLastPoll", sinceLastPoll.toSeconds())
                .build();
    }

    private Duration sinceLastPoll() {
        KafkaConsumer<byte[], byte[]> consumer = clients.getConsumer(WeatherShelter.CHANNEL);
        return consumer == null
                ? Duration.ZERO
                : consumer.unwrap().metrics().values().stream()
                        .filter(metric -> metric.metricName().name().equals(LAST_POLL))
                        .map(StuckLiveness::seconds)
                        .findAny()
                        .orElse(Duration.ZERO);
    }

    /** The client says -1 before its first poll. */
    private static Duration seconds(Metric metric) {
        return metric.metricValue() instanceof Number number && number.longValue() > 0
                ? Duration.ofSeconds(number.longValue())
                : Duration.ZERO;
    }
}
