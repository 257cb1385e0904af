package io.creditrefresh.api.subscription;

import io.creditrefresh.api.billing.ProviderAnswer;
import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.movement.Entry;
import java.util.List;
import java.util.Objects;

/**
 * What a safe sync has granted.
 *
 * @param provider whether the billing provider was {@code asked}; else {@code no_customer} of it is known as this user,
 *     what it says is {@code not_understood}, it is {@code unavailable}, or {@code not_configured}
 * @param granted empty if nothing was due or owed
 * @param status of the user after it
 */
public record SyncAnswer(String provider, List<SyncGrant> granted, CreditStatus status) {

    /**
     * What one account was granted, in credits.
     *
     * @param type of the ledger entry: {@code SYNC}, {@code UPGRADE} or {@code REFRESH}
     * @param balance what it had then
     */
    public record SyncGrant(String kind, String type, long amount, long balance) {

        static SyncGrant of(Entry entry) {
            return new SyncGrant(
                    entry.kind().code(),
                    entry.type().name(),
                    Objects.requireNonNull(entry.granted()),
                    entry.balanceAfter());
        }
    }

    static SyncAnswer of(ProviderAnswer.Kind provider, Result result, CreditStatus status) {
        return new SyncAnswer(
                provider.code(),
                result.entries().stream()
                        .filter(entry -> entry.granted() != null && entry.granted() > 0)
                        .map(SyncGrant::of)
                        .toList(),
                status);
    }
}
