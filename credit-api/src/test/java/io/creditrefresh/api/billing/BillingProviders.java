package io.creditrefresh.api.billing;

import io.creditrefresh.billing.stripe.FakeStripe;
import io.creditrefresh.billing.stripe.StripeJson;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Connects the API under test to a fake of Stripe, and to a provider of the plain shape. */
public final class BillingProviders implements QuarkusTestResourceLifecycleManager {

    private final FakeStripe stripe = new FakeStripe();
    private final Path secrets = emptyFile();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "credits.billing.stripe.secrets",
                Deliveries.SECRET,
                "credits.billing.stripe.secrets-file",
                secrets.toString(),
                "credits.billing.stripe.plans",
                StripeJson.PLANS,
                "credits.billing.stripe.packs",
                "price_pack=1000",
                "credits.billing.stripe.api-key",
                FakeStripe.KEY,
                "credits.billing.stripe.api-url",
                stripe.url(),
                "credits.billing.stripe.timeout",
                "2s",
                "credits.billing.plain.name",
                "acme",
                "credits.billing.plain.secrets",
                Deliveries.SECRET);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(stripe, new TestInjector.MatchesType(FakeStripe.class));
        injector.injectIntoFields(secrets, new TestInjector.MatchesType(Path.class));
    }

    @Override
    public void stop() {
        stripe.close();
    }

    private static Path emptyFile() {
        try {
            return Files.createTempFile("webhook-secrets", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
