package io.creditrefresh.api.status;

import io.creditrefresh.ledger.account.Subscriber;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a user gets credits.
 *
 * @param nextRefreshAt the earliest of {@code refreshes}; null while all are off the schedule
 * @param fallback Credits v2 is off for this user
 * @param refreshPaused nobody is refreshed at present; what is due stays due
 * @param asOf when this was so, by the service's clock
 */
public record NextRefreshes(
        String userId,
        @Nullable Instant nextRefreshAt,
        boolean fallback,
        boolean refreshPaused,
        List<NextRefresh> refreshes,
        Instant asOf) {

    static NextRefreshes of(Subscriber subscriber, boolean paused, List<NextRefresh> refreshes, Instant now) {
        @Nullable
        Instant earliest = refreshes.stream()
                .map(NextRefresh::at)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new NextRefreshes(
                subscriber.userId(), earliest, CreditStatus.isFallback(subscriber), paused, refreshes, now);
    }
}
