package io.creditrefresh.planner.jobs;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.message.RefreshJobCodec;
import io.creditrefresh.ledger.message.Topics;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Sends refresh jobs through the client of the messaging channel {@value #CHANNEL}: the channel brings its configuration,
 * its metrics and its end, and the client's own callback costs a twentieth of one message through the channel.
 */
@Singleton
public class JobSender {

    static final String CHANNEL = "refresh-jobs";

    private static final Duration CLIENT_START = Duration.ofSeconds(5);

    private final KafkaClientService clients;

    /** The emitter sends nothing: a channel exists only if something feeds it. */
    JobSender(KafkaClientService clients, @Channel(CHANNEL) Emitter<byte[]> channel) {
        this.clients = clients;
    }

    /**
     * Sends jobs and waits until Kafka has acknowledged every one of them, up to the channel's {@code max.block.ms} and
     * {@code delivery.timeout.ms}. An interrupt ends the wait.
     *
     * @throws NotAcknowledgedException if any was not; the others may have arrived
     */
    public void send(List<RefreshJob> jobs) throws NotAcknowledgedException {
        if (jobs.isEmpty()) {
            return;
        }
        PageAcknowledgement page = new PageAcknowledgement();
        try {
            Producer<Long, byte[]> producer = producer();
            for (RefreshJob job : jobs) {
                send(producer, job, page);
                // With the broker away each further job would wait for max.block.ms.
                if (page.hasFailed()) {
                    break;
                }
            }
            producer.flush();
        } catch (KafkaException | IllegalStateException | TimeoutException e) {
            page.fail(e);
        }
        page.requireAll(jobs.size());
    }

    /** What becomes of it is the page's to know; one future per job would only be thrown away. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(Producer<Long, byte[]> producer, RefreshJob job, PageAcknowledgement page) {
        producer.send(new ProducerRecord<>(Topics.REFRESH_JOBS, job.accountId(), RefreshJobCodec.encode(job)), page);
    }

    /** The channel's client; made by the first call that finds the names of the brokers resolvable. */
    private Producer<Long, byte[]> producer() {
        KafkaProducer<Long, byte[]> client = clients.getProducer(CHANNEL);
        if (client.unwrap() == null) {
            client.runOnSendingThread(made -> {}).await().atMost(CLIENT_START);
        }
        return client.unwrap();
    }
}
