package io.creditrefresh.api.billing;

import io.creditrefresh.ledger.provider.Snapshot;
import java.util.List;
import java.util.Locale;

/**
 * What the billing provider says of a user.
 *
 * @param snapshots empty unless it was asked
 */
public record ProviderAnswer(Kind kind, List<Snapshot> snapshots) {

    public ProviderAnswer {
        snapshots = List.copyOf(snapshots);
    }

    /** How it came about. */
    public enum Kind {
        ASKED,
        /** Nobody has said which customer of the provider the user is. */
        NO_CUSTOMER,
        /** There is no provider that can be asked. */
        NOT_CONFIGURED,
        /** It says something of the user that is not understood, as a price that is not mapped. */
        NOT_UNDERSTOOD,
        /** It did not answer, or is left alone because it has not. */
        UNAVAILABLE;

        private final String code = name().toLowerCase(Locale.ROOT);

        public String code() {
            return code;
        }
    }

    static ProviderAnswer without(Kind kind) {
        return new ProviderAnswer(kind, List.of());
    }
}
