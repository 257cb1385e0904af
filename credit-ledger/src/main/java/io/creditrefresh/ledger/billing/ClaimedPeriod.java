package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The period that billing events make of an account's. */
final class ClaimedPeriod {

    private static final Duration ALIGNED_MIN = Duration.ofDays(27);
    private static final Duration ALIGNED_MAX = Duration.ofDays(35);

    private ClaimedPeriod() {}

    /**
     * Starts with the last claim that was above all granted before it, as if they had come in the order of their times;
     * ends with the provider's period if that is about as long as ours, else as our own cycle has it.
     *
     * @param claims those settled since the clock's base, in any order
     * @param providersEnd the end of the provider's own period
     */
    static Period of(
            BillingClock clock,
            Account account,
            Collection<SettledClaim> claims,
            Optional<Instant> providersEnd,
            Instant now) {
        Instant start = startOf(clock, claims, now);
        boolean isMoved = !start.equals(account.period().start());
        if (account.period().hasEndedBy(now) && !isMoved) {
            // Due, or off the schedule: what has ended stays ended.
            return account.period();
        }
        Instant own = start.equals(clock.base().start())
                ? clock.base().end()
                : account.cycle().endOf(start);
        Instant end = providersEnd
                .filter(theirs -> account.cycle().refreshDay().isEmpty()
                        && theirs.isAfter(now)
                        && isAboutAsLong(Duration.between(start, theirs)))
                .orElse(own);
        return new Period(start, end);
    }

    private static Instant startOf(BillingClock clock, Collection<SettledClaim> claims, Instant now) {
        Instant start = clock.base().start();
        long granted = clock.baseGranted();
        List<SettledClaim> inOrder = claims.stream()
                .filter(claim -> claim.granted() > 0)
                .sorted(Comparator.comparing(SettledClaim::at).thenComparing(SettledClaim::granted))
                .toList();
        for (SettledClaim claim : inOrder) {
            if (claim.granted() > granted) {
                granted = claim.granted();
                Instant at = claim.at().isAfter(now) ? now.truncatedTo(ChronoUnit.SECONDS) : claim.at();
                start = at.isAfter(start) ? at : start;
            }
        }
        return start;
    }

    private static boolean isAboutAsLong(Duration length) {
        return length.compareTo(ALIGNED_MIN) >= 0 && length.compareTo(ALIGNED_MAX) <= 0;
    }
}
