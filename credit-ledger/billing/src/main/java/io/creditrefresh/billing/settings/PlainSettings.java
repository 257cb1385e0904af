package io.creditrefresh.billing.settings;

import io.creditrefresh.ledger.settings.Matching;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How a provider of the plain shape is connected. */
@ConfigMapping(prefix = "credits.billing.plain")
public interface PlainSettings {

    /** The provider's name: its deliveries come to /api/webhooks/billing/NAME. */
    @WithDefault("plain")
    @WithConverter(Name.class)
    String name();

    /** Signing secrets, separated by commas; with none here and none in the file its endpoint is closed. */
    Optional<String> secrets();

    /** A file with more of them, one per line, read again every few seconds. */
    Optional<String> secretsFile();

    /** A name that a path can have. */
    @SuppressWarnings("serial")
    final class Name extends Matching {

        public Name() {
            super("(?!stripe$)[a-z][a-z0-9-]{0,31}", "1 to 32 small letters, digits and hyphens, and not stripe");
        }
    }
}
