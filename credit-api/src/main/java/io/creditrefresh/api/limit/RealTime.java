package io.creditrefresh.api.limit;

import io.github.bucket4j.TimeMeter;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The time that requests are counted by: real time, however fast the service's clock runs. */
final class RealTime {

    @Produces
    @Singleton
    @DefaultBean
    TimeMeter time() {
        return TimeMeter.SYSTEM_NANOTIME;
    }
}
