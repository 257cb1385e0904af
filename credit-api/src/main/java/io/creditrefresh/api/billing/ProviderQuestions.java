package io.creditrefresh.api.billing;

import io.creditrefresh.ledger.command.BillingSync;
import io.creditrefresh.ledger.provider.BillingProvider;
import io.creditrefresh.ledger.provider.NotUnderstoodException;
import io.creditrefresh.ledger.provider.PatientProvider;
import io.creditrefresh.ledger.provider.ProviderUnavailableException;
import io.creditrefresh.ledger.provider.Snapshot;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/** Asks the billing provider about users, where one is configured that can be asked. */
@Singleton
public class ProviderQuestions {

    private static final Logger LOG = Logger.getLogger(ProviderQuestions.class);

    /** Questions a second, of the hundred or so that Stripe answers. */
    private static final int RATE = 20;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final GuardedStripe stripe;
    private final BillingSync sync;

    ProviderQuestions(GuardedStripe stripe, BillingSync sync) {
        this.stripe = stripe;
        this.sync = sync;
    }

    /** The subscriptions of a user as the provider has them now. */
    public ProviderAnswer about(String userId) throws SQLException {
        if (stripe.api().isEmpty()) {
            return ProviderAnswer.without(ProviderAnswer.Kind.NOT_CONFIGURED);
        }
        List<String> customers = sync.customersOf(stripe.api().get().name(), userId);
        if (customers.isEmpty()) {
            return ProviderAnswer.without(ProviderAnswer.Kind.NO_CUSTOMER);
        }
        try {
            List<Snapshot> snapshots = new ArrayList<>();
            for (String customer : customers) {
                stripe.subscriptionsOf(customer).stream()
                        .map(BillingProvider.Asked::snapshot)
                        .forEach(snapshots::add);
            }
            return new ProviderAnswer(ProviderAnswer.Kind.ASKED, snapshots);
        } catch (NotUnderstoodException e) {
            LOG.errorf("Synced without the billing provider: %s", e.getMessage());
            return ProviderAnswer.without(ProviderAnswer.Kind.NOT_UNDERSTOOD);
        } catch (ProviderUnavailableException | CircuitBreakerOpenException | BulkheadException e) {
            LOG.warnf("Synced without the billing provider: %s", e.getMessage());
            return ProviderAnswer.without(ProviderAnswer.Kind.UNAVAILABLE);
        }
    }

    /** The provider, asked slowly and again, for questions about many; empty if none is configured that can be asked. */
    public Optional<BillingProvider> patientProvider() {
        return stripe.api().map(api -> new PatientProvider(api, RATE, FIRST_WAIT));
    }
}
