package io.creditrefresh.api.limit;

import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The limits of this instance: of all requests of each of the people who ask, and of those that ask the provider. */
@ApplicationScoped
class PeopleLimits {

    /** Of each limit; some ten megabytes. */
    private static final long SUBJECTS_MAX = 50_000;

    private final boolean isOn;
    private final RateLimit requests;
    private final RateLimit syncs;

    PeopleLimits(LimitSettings settings, TimeMeter time) {
        this.isOn = settings.enabled();
        this.requests = new RateLimit(settings.perMinute(), settings.burst(), time, SUBJECTS_MAX);
        this.syncs = new RateLimit(settings.syncsPerMinute(), settings.syncsBurst(), time, SUBJECTS_MAX);
    }

    /** How long somebody has to wait before a request; zero if it may be served now, and is counted. */
    Duration request(String who) {
        return isOn ? requests.take(who) : Duration.ZERO;
    }

    /** The same of a request that has the provider asked. */
    Duration sync(String who) {
        return isOn ? syncs.take(who) : Duration.ZERO;
    }
}
