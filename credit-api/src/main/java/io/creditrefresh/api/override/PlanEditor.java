package io.creditrefresh.api.override;

import io.creditrefresh.api.plan.TierAmounts;
import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.command.PlanAmounts;
import io.creditrefresh.ledger.command.PlanAmounts.Wish;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and edits what plans give. */
@Singleton
class PlanEditor {

    private final PlanAmounts amounts;
    private final InstantSource clock;
    private final Writes writes;
    private final Set<String> ofEnvironment;

    PlanEditor(PlanAmounts amounts, InstantSource clock, Writes writes, SmallRyeConfig config) {
        this.writes = writes;
        this.amounts = amounts;
        this.clock = clock;
        this.ofEnvironment = TierAmounts.read(config).byPlan().keySet();
    }

    /**
     * What a request comes with.
     *
     * @param ifMatch null: whatever the plans are now
     * @param once empty without a key
     */
    record Asked(@Nullable String ifMatch, boolean dryRun, Optional<WriteRequest> once) {}

    PlansAnswer plans() throws SQLException {
        return answer(amounts.catalogue());
    }

    /** The plans after a change, or the problem {@code changed_meanwhile} or {@code set_by_environment}. */
    PlansAnswer set(Wish wish, Deed deed, Asked asked) throws SQLException {
        if (isSetByEnvironment(wish.plan(), wish.kind(), ofEnvironment)) {
            throw ProblemCode.SET_BY_ENVIRONMENT.problem();
        }
        PlanAmounts.Edit edit = new PlanAmounts.Edit(
                wish,
                deed,
                catalogue ->
                        EntityTag.matches(asked.ifMatch(), answer(catalogue).tag()),
                asked.dryRun());
        return amounts.set(edit, asked.once(), writes.keeping(PlansAnswer.class), this::answer)
                .orElseThrow(Refusals::problem);
    }

    /** The environment sets amounts of {@code credits} only. */
    static boolean isSetByEnvironment(String plan, CreditKind kind, Set<String> ofEnvironment) {
        return kind == CreditKind.CREDITS && ofEnvironment.contains(plan);
    }

    private PlansAnswer answer(Catalogue catalogue) {
        return PlansAnswer.of(catalogue, ofEnvironment, clock.instant());
    }
}
