package io.creditrefresh.example.gate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where credits are, and how long they are waited for. */
@ConfigMapping(prefix = "gate")
public interface GateSettings {

    /** The base URL of the Credit API. */
    URI apiUrl();

    /** A bearer token of role {@code service}. It expires; a backend of yours asks its issuer for a new one in time. */
    String token();

    /** Any long random text, the same on all instances: makes keys of spends that no user can foresee. */
    String keySecret();

    /** How long one call may take; a spend takes milliseconds. */
    @WithDefault("1s")
    Duration timeout();

    /** How often a call is made until it is given up, 1 or more. */
    @WithDefault("3")
    int tries();

    /** Between two tries; up to as much again is added by chance. */
    @WithDefault("100ms")
    Duration pause();
}
