package io.creditrefresh.edge.token;

import io.creditrefresh.ledger.settings.Matching;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Which bearer tokens are taken. */
@ConfigMapping(prefix = "credits.token")
public interface TokenSettings {

    /** Who must have issued a token: its {@code iss}. */
    @WithConverter(Text.class)
    String issuer();

    /** For whom a token must have been issued: one of its {@code aud}. */
    @WithDefault("credit-refresh")
    @WithConverter(Text.class)
    String audience();

    /** Where the public keys are: the URL of a JWKS, or a file with a JWKS or a PEM public key. */
    @WithConverter(KeysLocation.class)
    String keys();

    /** The one signature algorithm that is taken. */
    @WithDefault("RS256")
    @WithConverter(Algorithm.class)
    String algorithm();

    /** Anything but nothing. */
    @SuppressWarnings("serial")
    final class Text extends Matching {

        public Text() {
            super("\\S+", "a text without spaces");
        }
    }

    /** An address or a path; whether keys are there is for {@link TokenKeys} to say. */
    @SuppressWarnings("serial")
    final class KeysLocation extends Matching {

        public KeysLocation() {
            super("https?://\\S+|(?!https?:).+", "the https URL of a JWKS, or the path of a JWKS or PEM file");
        }
    }

    /** Asymmetric ones only: with a shared secret every service could make tokens. */
    @SuppressWarnings("serial")
    final class Algorithm extends Matching {

        public Algorithm() {
            super("RS256|PS256|ES256", "RS256, PS256 or ES256");
        }
    }
}
