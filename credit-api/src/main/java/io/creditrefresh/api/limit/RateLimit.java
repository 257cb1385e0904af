package io.creditrefresh.api.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/** So many requests per minute of each subject, and so many at once. Keeps no more than a number of subjects in mind. */
final class RateLimit {

    private final int perMinute;
    private final int burst;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets;

    /**
     * A limit.
     *
     * @param subjectsMax when there are more, those who have not asked for long begin anew
     */
    RateLimit(int perMinute, int burst, TimeMeter time, long subjectsMax) {
        this.perMinute = perMinute;
        this.burst = burst;
        this.time = time;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(subjectsMax)
                .expireAfterAccess(untilFull(perMinute, burst))
                .ticker(time::currentTimeNanos)
                .executor(Runnable::run)
                .build();
    }

    /** How long a subject has to wait before this request; zero if it may be served now, and is counted. */
    Duration take(String subject) {
        ConsumptionProbe probe = buckets.get(subject, any -> full()).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill());
    }

    long subjects() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(burst)
                        .refillGreedy(perMinute, Duration.ofMinutes(1))
                        .build())
                .withCustomTimePrecision(time)
                .build();
    }

    /** From then on a bucket says no more than a new one. */
    private static Duration untilFull(int perMinute, int burst) {
        return Duration.ofMinutes(1).multipliedBy(burst).dividedBy(perMinute).plusSeconds(1);
    }
}
