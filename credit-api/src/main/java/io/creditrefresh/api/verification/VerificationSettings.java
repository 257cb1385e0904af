package io.creditrefresh.api.verification;

import io.creditrefresh.ledger.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often credits are verified, and what counts as late. */
@ConfigMapping(prefix = "credits.verification")
public interface VerificationSettings {

    /** Every so often all instances together verify once. */
    @WithDefault("6h")
    @WithConverter(Allowed.Wait.class)
    Duration every();

    /** How long an account may be due, without a failure that says why, before that is a finding. */
    @WithDefault("1h")
    @WithConverter(Allowed.Wait.class)
    Duration overdueAfter();
}
