package io.creditrefresh.billing.settings;

import io.creditrefresh.billing.stripe.PackMap;
import io.creditrefresh.billing.stripe.PlanMap;
import io.creditrefresh.billing.stripe.StripeApi;
import io.creditrefresh.ledger.settings.Allowed;
import io.creditrefresh.ledger.settings.Matching;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.Converter;

/** How Stripe is connected. */
@ConfigMapping(prefix = "credits.billing.stripe")
public interface StripeSettings {

    /** Signing secrets of the webhook endpoint, separated by commas; with none here and none in the file it is closed. */
    Optional<String> secrets();

    /** A file with more of them, one per line, read again every few seconds: a secret is replaced without a restart. */
    Optional<String> secretsFile();

    /** Which price, product or lookup key is which plan: price_1=starter,prod_2=pro,price_3=none. */
    @WithConverter(Plans.class)
    Optional<PlanMap> plans();

    /** Which price or product is a pack of how many credits: price_8=1000,prod_9=analysis:500. */
    @WithConverter(Packs.class)
    Optional<PackMap> packs();

    /** A key that may read subscriptions; without it, Stripe is never asked. */
    @WithConverter(ApiKey.class)
    Optional<String> apiKey();

    /** Where Stripe is asked. */
    @WithDefault("https://api.stripe.com")
    @WithConverter(Address.class)
    String apiUrl();

    /** How long one question may take. */
    @WithDefault("5s")
    @WithConverter(Allowed.Wait.class)
    Duration timeout();

    /** What asks Stripe; empty without a key. */
    default Optional<StripeApi> api() {
        return apiKey().map(key -> new StripeApi(apiUrl(), key, timeout(), plans().orElse(PlanMap.EMPTY)));
    }

    /** A map from prices to plans. */
    @SuppressWarnings("serial")
    final class Plans implements Converter<PlanMap> {

        @Override
        public PlanMap convert(String value) {
            return PlanMap.parse(value);
        }
    }

    /** A map from prices to packs. */
    @SuppressWarnings("serial")
    final class Packs implements Converter<PackMap> {

        @Override
        public PackMap convert(String value) {
            return PackMap.parse(value);
        }
    }

    /** A secret that a header can carry; files and shells like to add a line's end to it. */
    @SuppressWarnings("serial")
    final class ApiKey implements Converter<String> {

        @Override
        public String convert(String value) {
            if (!value.trim().matches("[!-~]{1,255}")) {
                throw new IllegalArgumentException("allowed: 1 to 255 visible ASCII characters");
            }
            return value.trim();
        }
    }

    /** A web address without a path. */
    @SuppressWarnings("serial")
    final class Address extends Matching {

        public Address() {
            super("https?://[A-Za-z0-9.-]+(:\\d{1,5})?", "an http or https URL without a path");
        }
    }
}
