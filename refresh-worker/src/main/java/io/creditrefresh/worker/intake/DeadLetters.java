package io.creditrefresh.worker.intake;

import io.creditrefresh.worker.trouble.WeatherException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

/** Sends unreadable messages where people can look at them. */
@Singleton
public class DeadLetters {

    static final String CHANNEL = "dead-letters";

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final long LIMIT_SECONDS = 40;
    private static final Duration CLIENT_START = Duration.ofSeconds(10);

    private final KafkaClientService clients;
    private final Counter sent;

    /** The emitter is never used: it makes the connector open the channel whose client sends. */
    DeadLetters(
            KafkaClientService clients, MeterRegistry metrics, @Channel(CHANNEL) MutinyEmitter<byte[]> opensChannel) {
        this.clients = clients;
        this.sent = Counter.builder("credit.refresh.dead.letters")
                .description("Messages that nobody could read")
                .register(metrics);
    }

    /**
     * Sends and waits for the acknowledgements; a letter may be sent twice, but none is lost.
     *
     * @throws WeatherException if Kafka does not take them
     */
    boolean send(List<DeadLetter> letters) {
        try {
            Producer<byte[], byte[]> producer = producer();
            List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
            for (DeadLetter letter : letters) {
                acknowledgements.add(producer.send(letter.toRecord()));
            }
            producer.flush();
            for (int i = 0; i < letters.size(); i++) {
                await(producer, letters.get(i), acknowledgements.get(i));
            }
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            throw new WeatherException("Kafka does not take dead letters", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WeatherException("stopped while sending dead letters", e);
        }
        sent.increment(letters.size());
        for (DeadLetter letter : letters) {
            LOG.warnf(
                    "[CreditRefresh] Unreadable message %s-%d@%d sent to the dead letters: %s",
                    letter.origin().topic(),
                    letter.origin().partition(),
                    letter.origin().offset(),
                    letter.reason());
        }
        return true;
    }

    private static void await(
            Producer<byte[], byte[]> producer, DeadLetter letter, Future<RecordMetadata> acknowledgement)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            acknowledgement.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) {
                throw e;
            }
            producer.send(letter.toRecordWithoutBytes()).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The channel's client; made by the first letter, so that no name of a broker has to resolve before. */
    private Producer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> client = clients.getProducer(CHANNEL);
        if (client.unwrap() == null) {
            client.runOnSendingThread(made -> {}).await().atMost(CLIENT_START);
        }
        return client.unwrap();
    }
}
