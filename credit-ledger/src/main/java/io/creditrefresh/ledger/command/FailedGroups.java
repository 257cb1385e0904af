package io.creditrefresh.ledger.command;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Says in the log that statements of several spends fail, which most callers do not see: once a minute, with how many did. */
final class FailedGroups {

    private static final System.Logger LOG = System.getLogger(FailedGroups.class.getName());

    static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final AtomicLong saidAt;
    private final AtomicLong failed = new AtomicLong();

    /**
     * None so far.
     *
     * @param nanos real time, as of {@link System#nanoTime()}
     */
    FailedGroups(LongSupplier nanos) {
        this.nanos = nanos;
        this.saidAt = new AtomicLong(nanos.getAsLong() - SAY_AGAIN.toNanos());
    }

    /** Its message is not said: it may name a key. */
    void note(SQLException e) {
        failed.incrementAndGet();
        long now = nanos.getAsLong();
        long before = saidAt.get();
        if (now - before >= SAY_AGAIN.toNanos() && saidAt.compareAndSet(before, now)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "statements of several spends that failed since this was last said: %d, the last one with SQLSTATE %s"
                            .formatted(failed.getAndSet(0), e.getSQLState()));
        }
    }
}
