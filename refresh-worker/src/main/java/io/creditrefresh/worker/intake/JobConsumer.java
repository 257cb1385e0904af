package io.creditrefresh.worker.intake;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.message.RefreshJobCodec;
import io.creditrefresh.ledger.message.UnreadableJobException;
import io.creditrefresh.worker.trouble.WeatherShelter;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Takes what a poll brings from Kafka, does it in batches, and acknowledges it after the last one has committed. No poll is
 * begun before the one before it is done, and none is given up: a worker that stops in between leaves it to the next one,
 * for whom what is done is done.
 */
@ApplicationScoped
public class JobConsumer {

    private final ParallelBatches batches;
    private final DeadLetters deadLetters;
    private final WeatherShelter shelter;

    JobConsumer(ParallelBatches batches, DeadLetters deadLetters, WeatherShelter shelter) {
        this.batches = batches;
        this.deadLetters = deadLetters;
        this.shelter = shelter;
    }

    @Incoming(WeatherShelter.CHANNEL)
    @Blocking
    CompletionStage<Void> consume(Message<ConsumerRecords<byte[], byte[]>> message) {
        List<RefreshJob> jobs = new ArrayList<>();
        List<DeadLetter> unreadable = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : message.getPayload()) {
            read(record, jobs, unreadable);
        }
        // Stopping: neither acknowledged nor refused, so that whoever gets the partition next gets the jobs again.
        if (handle(jobs, unreadable)) {
            // The next poll does not wait for it. The connector says what Kafka refuses: the next acknowledgement makes
            // up for it, or the jobs come again and are done.
            var unused = message.ack();
        }
        return CompletableFuture.completedFuture(null);
    }

    private boolean handle(List<RefreshJob> jobs, List<DeadLetter> unreadable) {
        if (!unreadable.isEmpty() && !shelter.runUntilDone(() -> deadLetters.send(unreadable))) {
            return false;
        }
        Queue<List<RefreshJob>> open = batches.of(jobs);
        return open.isEmpty() || shelter.runUntilDone(() -> batches.apply(open));
    }

    private static void read(
            ConsumerRecord<byte[], byte[]> record, List<RefreshJob> jobs, List<DeadLetter> unreadable) {
        if (record.value() == null) {
            unreadable.add(new DeadLetter(record, "no value"));
            return;
        }
        try {
            jobs.add(RefreshJobCodec.decode(record.value()));
        } catch (UnreadableJobException e) {
            unreadable.add(new DeadLetter(record, String.valueOf(e.getMessage())));
        }
    }
}
