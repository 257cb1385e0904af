package io.creditrefresh.ledger.billing;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry that gave an account the amount of a plan otherwise than by a claim: a provisioning, a change of plan, a sync,
 * or an import, which took over all that came before it.
 *
 * @param plan null: an import
 */
public record PlanGrant(long accountId, long seq, @Nullable String plan, Instant at) {

    /**
     * How much earlier than the provider's period a call about the same purchase may have come. The product calls before
     * or after the provider, and the two clocks differ.
     */
    static final Duration LEEWAY = Duration.ofMinutes(10);

    boolean isImport() {
        return plan == null;
    }

    /** Whether a claim was made good by it. */
    boolean satisfies(long claimingAccountId, Claim claim) {
        if (accountId != claimingAccountId) {
            return false;
        }
        return isImport()
                ? !claim.at().isAfter(at)
                : claim.key().plan().equals(plan)
                        && !at.isBefore(claim.key().periodStart().minus(LEEWAY));
    }
}
