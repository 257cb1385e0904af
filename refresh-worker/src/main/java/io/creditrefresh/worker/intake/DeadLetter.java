package io.creditrefresh.worker.intake;

import io.creditrefresh.ledger.message.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A message that nobody can read, and why. */
record DeadLetter(ConsumerRecord<byte[], byte[]> origin, String reason) {

    /** The same key and bytes, with reason and origin as headers. */
    ProducerRecord<byte[], byte[]> toRecord() {
        ProducerRecord<byte[], byte[]> copy = new ProducerRecord<>(Topics.DEAD_LETTER, origin.key(), origin.value());
        header(copy, "reason", reason);
        header(copy, "source-topic", origin.topic());
        header(copy, "source-partition", Integer.toString(origin.partition()));
        header(copy, "source-offset", Long.toString(origin.offset()));
        return copy;
    }

    private static void header(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
