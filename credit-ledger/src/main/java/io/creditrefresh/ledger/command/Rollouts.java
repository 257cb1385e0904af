package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.RolloutStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Moves users to Credits v2 and back. Whoever spends or shows credits next, on any instance, goes by it. */
public final class Rollouts {

    private final LedgerAccess ledger;
    private final Deeds deeds;

    public Rollouts(LedgerAccess ledger) {
        this.ledger = ledger;
        this.deeds = new Deeds(ledger);
    }

    /**
     * What is to change; what is empty stays.
     *
     * @param global an empty one within: as the variable says
     * @param percentage 0 to 100
     * @param newUsers whether those who are provisioned from now on are in
     * @param prices of units, in credits, 1 to {@link Rollout#PRICE_MAX}; only before the rollout begins
     * @param closed true gives Credits v1 up, for good
     */
    public record Wish(
            Optional<Optional<Boolean>> global,
            Optional<Integer> percentage,
            Optional<Boolean> newUsers,
            Map<CreditKind, Integer> prices,
            boolean closed) {

        public Wish {
            prices = Map.copyOf(prices);
        }
    }

    /** The rollout as it is now. */
    public Rollout read() throws SQLException {
        return ledger.transactions().run(RolloutStore::read);
    }

    /**
     * Changes it.
     *
     * @param dryRun only to tell
     * @param make of the rollout as it is then, or would be
     */
    public <T> Outcome<T> change(
            Wish wish,
            Deed deed,
            boolean dryRun,
            Optional<WriteRequest> request,
            Keeping<T> answers,
            Function<Rollout, T> make)
            throws SQLException {
        return deeds.once(dryRun ? Optional.empty() : request, answers, (connection, now) -> {
            Rollout before = RolloutStore.lock(connection);
            Rollout after = changed(before, wish, now.truncatedTo(ChronoUnit.SECONDS));
            checkPlans(connection, before, after);
            if (dryRun) {
                return make.apply(after);
            }
            RolloutStore.waitForRefreshes(connection);
            return make.apply(written(connection, before, after, deed, now));
        });
    }

    /**
     * Notes what {@code ENABLE_CREDITS_V2} is at the start of the service that decides it. While a plan lacks a kind, what
     * lets users in does not begin the rollout yet.
     *
     * @param variable null if it is not set
     * @return whether it was something else before
     */
    public boolean setFromEnvironment(@Nullable Boolean variable) throws SQLException {
        Deed deed = new Deed("environment", "environment", "change-rollout", null);
        return ledger.transactions().run(connection -> {
            Instant now = ledger.clock().instant();
            Rollout before = RolloutStore.lock(connection);
            Rollout started = before.startedWith(variable);
            Rollout after = started.letsSomebodyIn()
                            && (before.openedAt() != null
                                    || plansLackingAKind(connection).isEmpty())
                    ? started.opened(now.truncatedTo(ChronoUnit.SECONDS))
                    : started;
            if (after.equals(before)) {
                return false;
            }
            RolloutStore.waitForRefreshes(connection);
            written(connection, before, after, deed, now);
            return true;
        });
    }

    /** Refuses to begin while somebody's plan gives nothing of a kind: they would have nothing to spend. */
    static void checkPlans(Connection connection, Rollout before, Rollout after) throws SQLException {
        if (before.openedAt() == null
                && after.openedAt() != null
                && !plansLackingAKind(connection).isEmpty()) {
            throw Refusal.PLANS_LACK_KINDS.exception();
        }
    }

    /** Until the transaction ends no plan comes into being. */
    private static List<String> plansLackingAKind(Connection connection) throws SQLException {
        CatalogueStore.lock(connection);
        Catalogue catalogue = CatalogueStore.read(connection);
        return catalogue.plansWith(CreditKind.CREDITS).stream()
                .filter(plan -> !catalogue.knowsAll(plan, View.V2.kinds()))
                .toList();
    }

    static Rollout written(Connection connection, Rollout before, Rollout after, Deed deed, Instant now)
            throws SQLException {
        if (after.equals(before)) {
            return before;
        }
        RolloutStore.update(connection, after);
        AuditStore.insert(connection, null, deed, audited(before), audited(after), now);
        return RolloutStore.read(connection);
    }

    private static Rollout changed(Rollout before, Wish wish, Instant now) {
        if (before.closedAt() != null) {
            throw Refusal.ROLLOUT_IS_CLOSED.exception();
        }
        Map<CreditKind, Integer> prices = new EnumMap<>(CreditKind.class);
        prices.putAll(before.prices());
        prices.putAll(wish.prices());
        if (before.openedAt() != null && !prices.equals(before.prices())) {
            throw Refusal.ROLLOUT_HAS_BEGUN.exception();
        }
        @Nullable Instant newUsersSince = before.newUsersSince();
        if (wish.newUsers().isPresent()) {
            boolean isNew = newUsersSince == null;
            newUsersSince = !wish.newUsers().get() ? null : isNew ? now : newUsersSince;
        }
        @Nullable
        Boolean global = wish.global().isPresent() ? wish.global().get().orElse(null) : before.global();
        Rollout after = new Rollout(
                before.revision(),
                before.variable(),
                global,
                wish.percentage().orElse(before.percentage()),
                newUsersSince,
                before.openedAt(),
                null,
                prices);
        if (after.letsSomebodyIn()) {
            after = after.opened(now);
        }
        return wish.closed() ? closed(after, now) : after;
    }

    private static Rollout closed(Rollout rollout, Instant now) {
        if (!rollout.isGloballyOn() || rollout.viewOfAll().equals(Optional.of(View.V1))) {
            throw Refusal.ROLLOUT_IS_NOT_GLOBAL.exception();
        }
        return new Rollout(
                rollout.revision(),
                rollout.variable(),
                rollout.global(),
                rollout.percentage(),
                rollout.newUsersSince(),
                rollout.openedAt(),
                now,
                rollout.prices());
    }

    private static Map<String, @Nullable Object> audited(Rollout rollout) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("variable", rollout.variable());
        shown.put("global", rollout.global());
        shown.put("percentage", rollout.percentage());
        shown.put("newUsersSince", text(rollout.newUsersSince()));
        shown.put("openedAt", text(rollout.openedAt()));
        shown.put("closedAt", text(rollout.closedAt()));
        for (CreditKind kind : View.V2.kinds()) {
            shown.put(kind.code() + "Price", rollout.price(kind));
        }
        return shown;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
