package io.creditrefresh.ledger.spend;

import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.CreditKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish to spend: of each account so much, all or nothing.
 *
 * @param amounts credits by the kind of the account that they are taken from, each 1 to {@link Spend#CREDITS_MAX}
 * @param details what for, as the ledger shows it
 */
public record SpendOrder(
        String userId,
        Map<CreditKind, Long> amounts,
        String actor,
        Map<String, @Nullable Object> details,
        WriteRequest request) {

    public SpendOrder {
        if (amounts.isEmpty()) {
            throw new IllegalArgumentException("a spend names at least one kind");
        }
        amounts = Collections.unmodifiableMap(new EnumMap<>(amounts));
    }

    /** Under which the ledger has the spend of this subscriber, once. */
    public String ledgerKey() {
        return ledgerKey(request.key());
    }

    /** Under which an account has what a spend took from it for the other view's sake. */
    public static String mirrorKey(String ledgerKey) {
        return "mirror:" + ledgerKey;
    }

    /** Under which the ledger has the spend that was asked for under {@code key}. */
    public static String ledgerKey(String key) {
        return "consume:" + key;
    }
}
