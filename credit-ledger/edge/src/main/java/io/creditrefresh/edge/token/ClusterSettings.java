package io.creditrefresh.edge.token;

import io.creditrefresh.ledger.settings.Matching;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;

/** Which service accounts of a Kubernetes cluster may call as backends, with the tokens that the cluster gives them. */
@ConfigMapping(prefix = "credits.token.cluster")
public interface ClusterSettings {

    /** The cluster's issuer of service account tokens: their {@code iss}. */
    @WithConverter(TokenSettings.Text.class)
    Optional<String> issuer();

    /** Where its public keys are: the https URL of a JWKS, or a file with one. */
    @WithConverter(TokenSettings.KeysLocation.class)
    Optional<String> keys();

    /** The accounts that are taken as {@code service}: {@code namespace:name}, separated by commas. */
    @WithConverter(ServiceAccounts.class)
    Optional<String> services();

    /** Namespaces and names, as Kubernetes allows them. */
    @SuppressWarnings("serial")
    final class ServiceAccounts extends Matching {

        private static final String ACCOUNT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?:[a-z0-9]([-.a-z0-9]*[a-z0-9])?";

        public ServiceAccounts() {
            super(ACCOUNT + "(," + ACCOUNT + ")*", "namespace:name, separated by commas");
        }
    }
}
