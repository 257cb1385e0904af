package io.creditrefresh.api.rollout;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to change of the rollout of Credits v2; what is absent stays.
 *
 * @param global whether everybody is in; overrides of single users go before it
 * @param percentage so many of 100 buckets of users are in, 0 to 100
 * @param newUsers whether those who are provisioned from now on are in
 * @param prices of one unit of {@code analysis} and {@code roast} in credits, 1 to 1,000,000; only before the first user
 *     is let in
 * @param closed true gives Credits v1 up, for good: spends are booked once from then on
 * @param reason for the audit
 * @param dryRun only tell what would be
 */
public record RolloutRequest(
        @Nullable Boolean global,
        @Nullable Integer percentage,
        @Nullable Boolean newUsers,
        @Nullable Map<String, @Nullable Integer> prices,
        @Nullable Boolean closed,
        @Nullable String reason,
        @Nullable Boolean dryRun) {}
