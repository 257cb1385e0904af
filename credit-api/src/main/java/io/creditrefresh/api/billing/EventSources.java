package io.creditrefresh.api.billing;

import io.creditrefresh.billing.plain.PlainEvents;
import io.creditrefresh.billing.settings.PlainSettings;
import io.creditrefresh.billing.settings.StripeSettings;
import io.creditrefresh.billing.signature.WebhookSecrets;
import io.creditrefresh.billing.stripe.PackMap;
import io.creditrefresh.billing.stripe.PlanMap;
import io.creditrefresh.billing.stripe.StripeEvents;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** The providers that send events. */
@Singleton
class EventSources {

    private static final Logger LOG = Logger.getLogger(EventSources.class);

    private final Map<String, EventSource> sources;

    EventSources(StripeSettings stripe, PlainSettings plain) {
        StripeEvents stripeEvents = new StripeEvents(
                stripe.plans().orElse(PlanMap.EMPTY), stripe.packs().orElse(PackMap.EMPTY));
        PlainEvents plainEvents = new PlainEvents(plain.name());
        this.sources = Map.of(
                StripeEvents.PROVIDER,
                new EventSource(
                        StripeEvents.PROVIDER,
                        "Stripe-Signature",
                        secrets(stripe.secrets(), stripe.secretsFile()),
                        stripeEvents::read),
                plain.name(),
                new EventSource(
                        plain.name(),
                        "Webhook-Signature",
                        secrets(plain.secrets(), plain.secretsFile()),
                        plainEvents::read));
    }

    /** The provider of this name; empty if there is none. */
    Optional<EventSource> named(String provider) {
        return Optional.ofNullable(sources.get(provider));
    }

    /** The names of all providers, whether they are set up or not. */
    Set<String> providers() {
        return sources.keySet();
    }

    /** Signatures are checked by real time, whatever clock the service runs by. */
    private static WebhookSecrets secrets(Optional<String> fixed, Optional<String> file) {
        file.filter(path -> !Files.isReadable(Path.of(path)))
                .ifPresent(path ->
                        LOG.warnf("No webhook secrets can be read from %s; looked for again with each delivery", path));
        return new WebhookSecrets(fixed, file.map(Path::of), InstantSource.system());
    }
}
