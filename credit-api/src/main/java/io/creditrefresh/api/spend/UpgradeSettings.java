package io.creditrefresh.api.spend;

import io.creditrefresh.ledger.settings.Matching;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** What users who have run out of credits are told. */
@ConfigMapping(prefix = "credits.upgrade")
public interface UpgradeSettings {

    /** Where they get more: shown with every refusal for lack of credits. */
    @WithConverter(Address.class)
    Optional<String> url();

    /** A web address. */
    @SuppressWarnings("serial")
    final class Address extends Matching {

        public Address() {
            super("https?://[\\x21-\\x7E&&[^\"<>\\\\^`{|}]]+", "an http or https URL");
        }
    }
}
