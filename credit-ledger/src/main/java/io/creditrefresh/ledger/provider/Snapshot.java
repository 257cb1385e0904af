package io.creditrefresh.ledger.provider;

import io.creditrefresh.ledger.plan.Catalogue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A subscription as one event, or one answer of the provider, tells it.
 *
 * @param eventId unique at the provider
 * @param at the provider's time; whole seconds
 * @param createdAt when the subscription was created at the provider; whole seconds
 * @param previous what an update has changed
 */
public record Snapshot(
        SubscriptionKey subscription,
        String eventId,
        Kind kind,
        Instant at,
        Instant createdAt,
        Terms terms,
        Previous previous) {

    /** How it came to be told, in the order in which those of one second are taken. */
    public enum Kind {
        /** Asked for. It cannot be newer than what was told in the same second. */
        ASKED,
        CREATED,
        UPDATED,
        DELETED;

        private final String code = name().toLowerCase(Locale.ROOT);

        /** As columns write it. */
        public String code() {
            return code;
        }

        /**
         * The kind of a code.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    public Snapshot {
        at = at.truncatedTo(ChronoUnit.SECONDS);
        createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same, as a change of these terms. */
    public Snapshot after(Previous changed) {
        return new Snapshot(subscription, eventId, kind, at, createdAt, terms, changed);
    }

    /** The plan before this, if its own content says that the plan has changed: a new subscription counts from free. */
    public Optional<String> planBefore() {
        return kind == Kind.CREATED ? Optional.of(Catalogue.FREE) : Optional.ofNullable(previous.plan());
    }
}
