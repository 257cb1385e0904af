package io.creditrefresh.worker.intake;

import io.creditrefresh.ledger.message.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A message that nobody can read, and why. */
record DeadLetter(ConsumerRecord<byte[], byte[]> origin, String reason) {

    /** The same key and bytes, with reason and origin as headers. */
    ProducerRecord<byte[], byte[]> toRecord() {
        return withOrigin(new ProducerRecord<>(Topics.DEAD_LETTER, origin.key(), origin.value()));
    }

    /** Without key and bytes, for a message so large that with its headers Kafka does not take it again. */
    ProducerRecord<byte[], byte[]> toRecordWithoutBytes() {
        ProducerRecord<byte[], byte[]> empty = new ProducerRecord<>(Topics.DEAD_LETTER, null, null);
        header(empty, "omitted-bytes", Integer.toString(origin.serializedValueSize()));
        return withOrigin(empty);
    }

    private ProducerRecord<byte[], byte[]> withOrigin(ProducerRecord<byte[], byte[]> copy) {
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
