package io.creditrefresh.api.override;

import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What plans give now.
 *
 * @param data by plan and kind
 */
public record PlansAnswer(List<PlanAmount> data) {

    /**
     * What a plan gives of one kind.
     *
     * @param amount credits per period that begins from {@code validFrom} on
     * @param rolloverCap how many unused credits a refresh carries over to bonus; null: all
     * @param validFrom null: always
     * @param setByEnvironment the amount is that of {@code CREDITS_<PLAN>_TIER}, and not changed here
     */
    public record PlanAmount(
            String plan,
            String kind,
            long amount,
            @Nullable Long rolloverCap,
            @Nullable Instant validFrom,
            boolean setByEnvironment) {}

    static PlansAnswer of(Catalogue catalogue, Set<String> ofEnvironment, Instant now) {
        return new PlansAnswer(catalogue.allAt(now).stream()
                .map(allowance -> shown(allowance, ofEnvironment))
                .toList());
    }

    private static PlanAmount shown(PlanAllowance allowance, Set<String> ofEnvironment) {
        return new PlanAmount(
                allowance.plan(),
                allowance.kind().code(),
                allowance.amount(),
                allowance.rollover().equals(Rollover.UNLIMITED)
                        ? null
                        : allowance.rollover().cap(),
                allowance.validFrom().equals(Instant.MIN) ? null : allowance.validFrom(),
                PlanEditor.isSetByEnvironment(allowance.plan(), allowance.kind(), ofEnvironment));
    }

    String tag() {
        return EntityTag.of(data.toString());
    }
}
