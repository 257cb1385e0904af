package io.creditrefresh.api.limit;

import io.creditrefresh.ledger.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How many requests each user, and each of support, may send to one instance. */
@ConfigMapping(prefix = "credits.limit")
public interface LimitSettings {

    /** Whether there is a limit. */
    @WithDefault("true")
    @WithConverter(Allowed.Switch.class)
    boolean enabled();

    /** Requests a minute, on and on. */
    @WithDefault("600")
    @WithConverter(Allowed.Requests.class)
    int perMinute();

    /** Requests at once, after a pause. */
    @WithDefault("100")
    @WithConverter(Allowed.Requests.class)
    int burst();

    /** Of a user's requests, those a minute that have the billing provider asked. */
    @WithDefault("6")
    @WithConverter(Allowed.Requests.class)
    int syncsPerMinute();

    /** The same at once. */
    @WithDefault("6")
    @WithConverter(Allowed.Requests.class)
    int syncsBurst();
}
