package io.creditrefresh.ledger.account;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's account of one credit kind: all that a refresh reads.
 *
 * @param version sequence number of the account's last ledger entry
 * @param grantedThisPeriod the highest amount granted in this period, credits
 * @param refreshAt when the planner emits the job; null exactly while on hold or past due
 * @param isInView whether the subscriber spends from it now; only then may what is left of the allowance become bonus
 */
public record Account(
        long id,
        long version,
        Entitlement entitlement,
        Cycle cycle,
        Balance balance,
        long grantedThisPeriod,
        Period period,
        @Nullable Instant refreshAt,
        boolean isInView) {

    public Account {
        if (version < 1) {
            throw new IllegalArgumentException("account " + id + " has no ledger entry: version " + version);
        }
        if (refreshAt != null && refreshAt.isBefore(period.end())) {
            throw new IllegalArgumentException("account " + id + " would be refreshed at " + refreshAt
                    + ", before its period's end " + period.end());
        }
    }

    /** One that its subscriber spends from. */
    public Account(
            long id,
            long version,
            Entitlement entitlement,
            Cycle cycle,
            Balance balance,
            long grantedThisPeriod,
            Period period,
            @Nullable Instant refreshAt) {
        this(id, version, entitlement, cycle, balance, grantedThisPeriod, period, refreshAt, true);
    }

    public Account inView(boolean isNow) {
        return isNow == isInView
                ? this
                : new Account(id, version, entitlement, cycle, balance, grantedThisPeriod, period, refreshAt, isNow);
    }

    /** Due: the refresh may be applied, by anybody. */
    public boolean isDue(Instant now) {
        return refreshAt != null && period.hasEndedBy(now);
    }

    public CreditKind kind() {
        return entitlement.kind();
    }

    /** Begins the account's next version: as this one, but for what is then set. */
    public Next next() {
        return new Next(this);
    }

    /** The account after its next ledger entry, in the making. */
    public static final class Next {

        private final Account from;
        private Entitlement entitlement;
        private Cycle cycle;
        private Balance balance;
        private long grantedThisPeriod;
        private Period period;
        private @Nullable Instant refreshAt;

        private Next(Account from) {
            this.from = from;
            this.entitlement = from.entitlement;
            this.cycle = from.cycle;
            this.balance = from.balance;
            this.grantedThisPeriod = from.grantedThisPeriod;
            this.period = from.period;
            this.refreshAt = from.refreshAt;
        }

        public Next entitlement(Entitlement now) {
            entitlement = now;
            return this;
        }

        public Next cycle(Cycle now) {
            cycle = now;
            return this;
        }

        /** In credits. */
        public Next holding(long allowance, long bonus) {
            balance = new Balance(allowance, bonus);
            return this;
        }

        /** In credits. */
        public Next grantedThisPeriod(long highest) {
            grantedThisPeriod = highest;
            return this;
        }

        /** A period and the instant at which its refresh is emitted go together. */
        public Next period(Period now, @Nullable Instant itsRefreshAt) {
            period = now;
            return refreshAt(itsRefreshAt);
        }

        public Next refreshAt(@Nullable Instant now) {
            refreshAt = now;
            return this;
        }

        public Account account() {
            return new Account(
                    from.id,
                    from.version + 1,
                    entitlement,
                    cycle,
                    balance,
                    grantedThisPeriod,
                    period,
                    refreshAt,
                    from.isInView);
        }
    }
}
