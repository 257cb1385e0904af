package io.creditrefresh.api.spend;

import io.creditrefresh.ledger.command.Spending.Funds;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.Standing;
import io.creditrefresh.ledger.spend.SpendRule.Need;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a spend would find enough.
 *
 * @param nextRefreshAt when more comes by itself; null while off the schedule
 * @param nextRefreshAmount how much that is, credits; null while it cannot be told
 * @param upgradeUrl where more can be had now; null if none is configured
 */
public record CheckAnswer(
        String userId,
        boolean allowed,
        List<Kind> items,
        @Nullable Instant nextRefreshAt,
        @Nullable Long nextRefreshAmount,
        @Nullable URI upgradeUrl) {

    /**
     * One kind, in its units.
     *
     * @param amount what is asked for
     * @param balance what can be spent of it, a bonus of the other view counted in
     * @param missing 0 if there is enough
     */
    public record Kind(String kind, long amount, long balance, long missing) {

        static Kind of(Need need) {
            return new Kind(need.kind().code(), need.amount(), need.balance(), need.missing());
        }
    }

    static CheckAnswer of(String userId, Funds found, boolean refreshes, Optional<URI> upgradeUrl) {
        boolean allowed = found.needs().stream().allMatch(each -> each.missing() == 0);
        Optional<Refresh> next = next(found, refreshes);
        return new CheckAnswer(
                userId,
                allowed,
                found.needs().stream().map(Kind::of).toList(),
                next.map(refresh -> refresh.dueAt()).orElse(null),
                next.map(Refresh::granted).orElse(null),
                upgradeUrl.orElse(null));
    }

    /** The members of the problem that refuses the spend. */
    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("items", items);
        members.put("nextRefreshAt", nextRefreshAt);
        members.put("nextRefreshAmount", nextRefreshAmount);
        members.put("upgradeUrl", upgradeUrl);
        return members;
    }

    /** The earliest refresh of an account that has too little, else of any that is asked for. */
    private static Optional<Refresh> next(Funds found, boolean refreshes) {
        return found.subscriber().accounts().stream()
                .filter(account -> found.needs().stream().anyMatch(each -> each.kind() == account.kind()))
                .map(account -> Standing.of(account, found.catalogue(), found.at(), refreshes)
                        .next(found.catalogue(), found.at()))
                .flatMap(Optional::stream)
                .min(Comparator.comparing(Refresh::dueAt));
    }
}
