package io.creditrefresh.planner.jobs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Counts what Kafka says about the jobs of one page. */
final class PageAcknowledgement implements Callback {

    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> firstFailure = new AtomicReference<>();

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null) {
            acknowledged.incrementAndGet();
        } else {
            fail(failure);
        }
    }

    void fail(Exception failure) {
        firstFailure.compareAndSet(null, failure);
    }

    boolean hasFailed() {
        return firstFailure.get() != null;
    }

    void requireAll(int jobs) throws NotAcknowledgedException {
        int missing = jobs - acknowledged.get();
        Exception failure = firstFailure.get();
        if (failure != null) {
            throw new NotAcknowledgedException(missing, failure);
        }
        if (missing != 0) {
            throw new NotAcknowledgedException(missing, new IllegalStateException("no answer"));
        }
    }
}
