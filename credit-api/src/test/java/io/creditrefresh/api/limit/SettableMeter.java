package io.creditrefresh.api.limit;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The time of requests, which stands still until a test moves it. */
@Alternative
@Singleton
public class SettableMeter implements TimeMeter {

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long currentTimeNanos() {
        return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
        return false;
    }

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
