package io.creditrefresh.ledger.refresh;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.schedule.Slot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/**
 * One refresh of one account, decided but not yet written.
 *
 * @param granted the new period's allowance, credits
 * @param lapsed what was left of the old allowance and is gone
 * @param carried what was left of the old allowance and is bonus now
 * @param withheld what would have been carried if the subscriber had spent from the account; it has lapsed
 * @param skippedPeriods whole periods that were missed before this refresh
 */
public record Refresh(
        Account before, Account after, long granted, long lapsed, long carried, long withheld, int skippedPeriods) {

    /** Name of the entry's detail that tells {@code withheld}, if there is any. */
    public static final String WITHHELD = "withheld";

    public Refresh {
        Objects.requireNonNull(before.refreshAt(), "only a scheduled account is refreshed");
        if (after.balance().total() - before.balance().total() != granted - lapsed) {
            throw new IllegalArgumentException("the parts of a refresh do not add up: account " + before.id());
        }
        if (after.version() != before.version() + 1) {
            throw new IllegalArgumentException("a refresh is the account's next entry: account " + before.id());
        }
    }

    /** Change of the balance in credits; negative when more lapses than is granted. */
    public long amount() {
        return granted - lapsed;
    }

    /** The run that this refresh belongs to: the UTC date of the {@code refresh_at} that it satisfies. */
    public LocalDate runDate() {
        return LocalDate.ofInstant(Objects.requireNonNull(before.refreshAt()), ZoneOffset.UTC);
    }

    /** The end of the period that was refreshed, by which the job named it. */
    public Instant dueAt() {
        return before.period().end();
    }

    /** When the planner emits the account's next job; see {@link Slot#refreshAt}. */
    public Instant nextRefreshAt() {
        return Objects.requireNonNull(after.refreshAt(), "a refreshed account stays on the schedule");
    }
}
