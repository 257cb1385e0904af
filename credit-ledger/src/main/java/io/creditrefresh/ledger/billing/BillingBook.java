package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.provider.ProviderHistory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is known of one subscriber's billing.
 *
 * @param settled the claims of all accounts that were given their due
 * @param clocks by account id; of those whose period a billing event has touched
 * @param planGrants of all accounts
 */
public record BillingBook(
        ProviderHistory history,
        List<SettledClaim> settled,
        Map<Long, BillingClock> clocks,
        List<PlanGrant> planGrants) {

    public static final BillingBook EMPTY = new BillingBook(ProviderHistory.EMPTY, List.of(), Map.of(), List.of());

    public BillingBook {
        settled = List.copyOf(settled);
        clocks = Map.copyOf(clocks);
        planGrants = List.copyOf(planGrants);
    }

    /** With claims added, or put in the place of those of the same account and key, and clocks in place of theirs. */
    BillingBook with(ProviderHistory told, List<SettledClaim> claims, Map<Long, BillingClock> set) {
        record Key(long accountId, ClaimKey key) {}
        Map<Key, SettledClaim> all = new LinkedHashMap<>();
        settled.forEach(claim -> all.put(new Key(claim.accountId(), claim.key()), claim));
        claims.forEach(claim -> all.put(new Key(claim.accountId(), claim.key()), claim));
        Map<Long, BillingClock> allClocks = new HashMap<>(clocks);
        allClocks.putAll(set);
        return new BillingBook(told, List.copyOf(all.values()), allClocks, planGrants);
    }
}
