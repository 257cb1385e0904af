package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RolloutStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Changes what plans give. Periods that have begun keep their amount: an edited plan makes nobody owed. */
public final class PlanAmounts {

    private final LedgerAccess ledger;
    private final Transactions transactions;
    private final Deeds deeds;

    public PlanAmounts(LedgerAccess ledger) {
        this.ledger = ledger;
        this.transactions = ledger.transactions();
        this.deeds = new Deeds(ledger);
    }

    /** What became of a wish. */
    public enum Effect {
        SET,
        /** The plan gives this already. */
        UNCHANGED,
        NO_SUCH_PLAN
    }

    /**
     * What a plan is to give from now on.
     *
     * @param amount credits per period, 0 to 10^15
     * @param rollover empty: as before; of a new plan, nothing
     */
    public record Wish(String plan, CreditKind kind, long amount, Optional<Rollover> rollover) {}

    /** What became of a wish, and what the catalogue is after it, or would be. */
    private record Change(Effect effect, Catalogue catalogue) {}

    /**
     * Sets the amount of kind {@code credits} that the environment names, from now on.
     *
     * @param amount credits per period, 0 to 10^15
     */
    public Effect setFromEnvironment(String plan, long amount) throws SQLException {
        Deed deed = new Deed("environment", "environment", "set-plan-amount", null);
        Wish wish = new Wish(plan, CreditKind.CREDITS, amount, Optional.empty());
        return transactions
                .run(connection -> {
                    CatalogueStore.lock(connection);
                    Catalogue catalogue = CatalogueStore.read(connection);
                    return catalogue.knows(plan, CreditKind.CREDITS)
                            ? set(connection, catalogue, wish, deed, false)
                            : new Change(Effect.NO_SUCH_PLAN, catalogue);
                })
                .effect();
    }

    /**
     * What an admin wishes.
     *
     * @param isExpected whether the catalogue is still as the wish takes it to be
     * @param dryRun only to tell
     */
    public record Edit(Wish wish, Deed deed, Predicate<Catalogue> isExpected, boolean dryRun) {}

    /**
     * Sets what an admin wishes; a plan that is new comes into being.
     *
     * @param make of the catalogue as it is then, or would be
     */
    public <T> Outcome<T> set(
            Edit edit, Optional<WriteRequest> request, Keeping<T> answers, Function<Catalogue, T> make)
            throws SQLException {
        return deeds.once(edit.dryRun() ? Optional.empty() : request, answers, (connection, now) -> {
            CatalogueStore.lock(connection);
            Catalogue catalogue = CatalogueStore.read(connection);
            if (!edit.isExpected().test(catalogue)) {
                throw Refusal.CHANGED_MEANWHILE.exception();
            }
            return make.apply(set(connection, catalogue, edit.wish(), edit.deed(), edit.dryRun())
                    .catalogue());
        });
    }

    /** The catalogue as it is now. */
    public Catalogue catalogue() throws SQLException {
        return transactions.run(CatalogueStore::read);
    }

    /** One at a time: of several instances that start at once, one writes. */
    private Change set(Connection connection, Catalogue catalogue, Wish wish, Deed deed, boolean dryRun)
            throws SQLException {
        Instant now = ledger.clock().instant();
        Optional<PlanAllowance> before = catalogue.knows(wish.plan(), wish.kind())
                ? Optional.of(catalogue.allowanceAt(wish.plan(), wish.kind(), now))
                : Optional.empty();
        Rollover rollover = wish.rollover()
                .orElseGet(() -> before.map(PlanAllowance::rollover).orElse(Rollover.NONE));
        // The first row of a plan holds for all time before it: it has no other.
        PlanAllowance after = new PlanAllowance(
                wish.plan(), wish.kind(), before.isPresent() ? now : Instant.MIN, wish.amount(), rollover);
        if (before.isPresent()
                && before.get().amount() == after.amount()
                && before.get().rollover().equals(rollover)) {
            return new Change(Effect.UNCHANGED, catalogue);
        }
        boolean isNewPlan = wish.kind() == CreditKind.CREDITS && before.isEmpty();
        if (isNewPlan
                && RolloutStore.read(connection).openedAt() != null
                && !catalogue.knowsAll(wish.plan(), View.V2.kinds())) {
            throw Refusal.PLANS_LACK_KINDS.exception();
        }
        if (!dryRun) {
            CatalogueStore.set(connection, after);
            AuditStore.insert(
                    connection, null, deed, before.map(PlanAmounts::audited).orElse(Map.of()), audited(after), now);
        }
        return new Change(Effect.SET, catalogue.with(after));
    }

    private static Map<String, @Nullable Object> audited(PlanAllowance allowance) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("plan", allowance.plan());
        shown.put("kind", allowance.kind().code());
        shown.put("amount", allowance.amount());
        shown.put(
                "rolloverCap",
                allowance.rollover().equals(Rollover.UNLIMITED)
                        ? null
                        : allowance.rollover().cap());
        return shown;
    }
}
