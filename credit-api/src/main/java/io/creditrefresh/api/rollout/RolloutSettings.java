package io.creditrefresh.api.rollout;

import io.creditrefresh.ledger.settings.Allowed;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** What a start says of Credits v2: {@code ENABLE_CREDITS_V2}. */
@ConfigMapping(prefix = "enable.credits")
public interface RolloutSettings {

    /** False: off for everybody, above everything else. True: everybody is in until an admin says otherwise. */
    @WithConverter(Allowed.Switch.class)
    Optional<Boolean> v2();
}
