package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.provider.ProviderHistory;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of plan that a subscription's event tells, paid for: a claim on the plan's amount where that is a higher one.
 *
 * @param planBefore what the event says that the plan was
 * @param at the provider's time of the change
 */
public record Claim(ClaimKey key, String planBefore, Instant at) {

    /**
     * All claims of a history, those of each subscription oldest first. An event claims once one of the same
     * subscription, itself or a later one, says that this plan in this provider period is active; whatever comes after.
     */
    static List<Claim> of(ProviderHistory history) {
        List<Claim> claims = new ArrayList<>();
        for (List<Snapshot> subscription : history.subscriptions()) {
            for (int i = 0; i < subscription.size(); i++) {
                Snapshot told = subscription.get(i);
                Optional<String> before = told.planBefore()
                        .filter(plan -> !plan.equals(told.terms().plan()));
                if (before.isPresent() && isActive(told.terms(), subscription.subList(i, subscription.size()))) {
                    claims.add(new Claim(key(told), before.get(), told.at()));
                }
            }
        }
        return claims;
    }

    private static ClaimKey key(Snapshot told) {
        return new ClaimKey(
                told.subscription(), told.terms().periodStart(), told.terms().plan());
    }

    private static boolean isActive(Terms claimed, List<Snapshot> fromThereOn) {
        return fromThereOn.stream()
                .map(Snapshot::terms)
                .anyMatch(terms -> terms.status().grants()
                        && terms.plan().equals(claimed.plan())
                        && terms.periodStart().equals(claimed.periodStart()));
    }
}
