package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.override.SafeSync;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides how much an account is granted, as the account has it; credits.
 *
 * @param inForce what the catalogue says of the plan now; null if it says nothing
 * @param billingState {@code active}, {@code past_due} or {@code cancelled}
 * @param paidUntil after which a subscription that is not renewed is over; null if the billing provider named no end
 * @param customAllowance per period in place of the plan's; null for the plan's
 * @param syncOwes what the safe sync would grant now, 0 if nothing; null if the catalogue says nothing of the plan
 */
public record ExplainedEntitlement(
        String plan,
        @Nullable CatalogueRow inForce,
        String billingState,
        @Nullable Instant paidUntil,
        @Nullable Long customAllowance,
        @Nullable Long syncOwes) {

    static ExplainedEntitlement of(AccountScene scene) {
        Entitlement entitlement = scene.account().entitlement();
        Catalogue catalogue = scene.moment().catalogue();
        return new ExplainedEntitlement(
                entitlement.plan(),
                inForce(entitlement.plan(), entitlement.kind(), scene.moment()).orElse(null),
                entitlement.billingState().code(),
                entitlement.paidUntil(),
                entitlement.customAllowance(),
                owed(scene, catalogue).orElse(null));
    }

    private static Optional<CatalogueRow> inForce(String plan, CreditKind kind, AccountScene.Moment moment) {
        try {
            return Optional.of(CatalogueRow.of(moment.catalogue().allowanceAt(plan, kind, moment.now())));
        } catch (NoAllowanceException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> owed(AccountScene scene, Catalogue catalogue) {
        try {
            return Optional.of(SafeSync.owed(scene.asFound(), catalogue));
        } catch (NoAllowanceException e) {
            return Optional.empty();
        }
    }
}
