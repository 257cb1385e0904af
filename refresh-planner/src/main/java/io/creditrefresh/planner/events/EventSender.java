package io.creditrefresh.planner.events;

import io.creditrefresh.ledger.message.CreditEvent;
import io.creditrefresh.ledger.message.CreditEventCodec;
import io.creditrefresh.ledger.message.Topics;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaProducer;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/** Sends events through the client of the messaging channel {@value #CHANNEL}. */
@Singleton
class EventSender {

    static final String CHANNEL = "credit-events";

    private static final Duration CLIENT_START = Duration.ofSeconds(5);
    private static final byte[] CONTENT_TYPE = CreditEventCodec.CONTENT_TYPE.getBytes(StandardCharsets.US_ASCII);

    private final KafkaClientService clients;

    /** The emitter sends nothing: a channel exists only if something feeds it. */
    EventSender(KafkaClientService clients, @Channel(CHANNEL) Emitter<byte[]> channel) {
        this.clients = clients;
    }

    /**
     * Sends events and waits until Kafka has acknowledged every one of them, up to the channel's {@code max.block.ms} and
     * {@code delivery.timeout.ms}. An interrupt ends the wait.
     *
     * @throws UndeliveredException if any was not; the others may have arrived
     */
    void send(List<CreditEvent> events) throws UndeliveredException {
        try {
            Producer<String, byte[]> producer = producer();
            List<Future<RecordMetadata>> answers = new ArrayList<>(events.size());
            for (CreditEvent event : events) {
                Future<RecordMetadata> answer = producer.send(message(event));
                // With the broker away each further one would wait for max.block.ms.
                if (answer.isDone()) {
                    answer.get();
                }
                answers.add(answer);
            }
            for (Future<RecordMetadata> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException e) {
            throw new UndeliveredException(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException | IllegalStateException | TimeoutException e) {
            throw new UndeliveredException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UndeliveredException(e);
        }
    }

    private static ProducerRecord<String, byte[]> message(CreditEvent event) {
        ProducerRecord<String, byte[]> message =
                new ProducerRecord<>(Topics.CREDIT_EVENTS, CreditEventCodec.key(event), CreditEventCodec.encode(event));
        message.headers().add("content-type", CONTENT_TYPE);
        return message;
    }

    /** The channel's client; made by the first call that finds the names of the brokers resolvable. */
    private Producer<String, byte[]> producer() {
        KafkaProducer<String, byte[]> client = clients.getProducer(CHANNEL);
        if (client.unwrap() == null) {
            client.runOnSendingThread(made -> {}).await().atMost(CLIENT_START);
        }
        return client.unwrap();
    }
}
