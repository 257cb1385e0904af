package io.creditrefresh.ledger.movement;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.refresh.Refresh;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ledger entry as its rule makes it, written or not: what a dry run shows; credits.
 *
 * @param granted null if its type grants nothing
 * @param lapsed what was left of the allowance and is gone; null unless of a refresh
 * @param carried what was left of the allowance and is bonus now; null unless of a refresh or an upgrade
 */
public record Entry(
        long accountId,
        CreditKind kind,
        long seq,
        EntryType type,
        long amount,
        long balanceBefore,
        long balanceAfter,
        @Nullable Long granted,
        @Nullable Long lapsed,
        @Nullable Long carried,
        long bonusChange,
        Instant periodStart,
        Map<String, @Nullable Object> details) {

    public static Entry of(Movement movement) {
        EntryType type = movement.type();
        return new Entry(
                movement.before().id(),
                movement.before().kind(),
                movement.after().version(),
                type,
                movement.amount(),
                movement.before().balance().total(),
                movement.after().balance().total(),
                type.grants() ? movement.granted() : null,
                null,
                type == EntryType.UPGRADE ? movement.carried() : null,
                movement.bonusChange(),
                movement.after().period().start(),
                movement.details());
    }

    /** The first entry of an account that a subscriber gets beside others. */
    public static Entry ofOpening(Account opened) {
        long allowance = opened.balance().allowance();
        return new Entry(
                opened.id(),
                opened.kind(),
                opened.version(),
                EntryType.PROVISION,
                allowance,
                0,
                allowance,
                allowance,
                null,
                null,
                0,
                opened.period().start(),
                Map.of("plan", opened.entitlement().plan()));
    }

    public static Entry of(Refresh refresh) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (refresh.skippedPeriods() > 0) {
            details.put("skippedPeriods", refresh.skippedPeriods());
            details.put("skippedFromEpochSecond", refresh.dueAt().getEpochSecond());
            details.put(
                    "skippedUntilEpochSecond", refresh.after().period().start().getEpochSecond());
        }
        if (refresh.withheld() > 0) {
            details.put(Refresh.WITHHELD, refresh.withheld());
        }
        return new Entry(
                refresh.before().id(),
                refresh.before().kind(),
                refresh.after().version(),
                EntryType.REFRESH,
                refresh.amount(),
                refresh.before().balance().total(),
                refresh.after().balance().total(),
                refresh.granted(),
                refresh.lapsed(),
                refresh.carried(),
                refresh.carried(),
                refresh.after().period().start(),
                details);
    }
}
