package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.RefreshDecision;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.PhaseRange;
import io.creditrefresh.ledger.schedule.Watermark;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.PlannerPosition;
import io.creditrefresh.ledger.store.PlannerStore;
import io.creditrefresh.ledger.store.PositionStore;
import io.creditrefresh.ledger.store.RefreshStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts what would be refreshed, with the rules and in memory. It writes nothing and sends nothing; where it stands is
 * forgotten with the process, so that everything is emitted once it is turned off.
 */
@Singleton
class DryRun {

    private final DataSource database;
    private final LoopProgress progress;
    private final int pageSize;
    private @Nullable Watermark counted;

    DryRun(DataSource database, LoopProgress progress, RefreshSettings settings) {
        this.database = database;
        this.progress = progress;
        this.pageSize = settings.batchSize();
    }

    /**
     * What refreshing would do.
     *
     * @param refreshed number of accounts
     * @param granted credits, all new allowances together
     * @param failed number of accounts that the rules refuse
     */
    record Count(long refreshed, long granted, long failed) {

        static final Count NONE = new Count(0, 0, 0);

        Count plus(Count other) {
            return new Count(refreshed + other.refreshed, granted + other.granted, failed + other.failed);
        }
    }

    /** Counts what has come due since the last call; the first call begins at the watermark. */
    Count count(Instant now) throws SQLException {
        long toMinute = Phase.epochMinute(now);
        Watermark watermark = counted == null ? watermark(now) : counted;
        Count all = Count.NONE;
        while (!watermark.covers(toMinute) && !progress.isStopping()) {
            try (Connection connection = database.getConnection()) {
                PlannerStore.Page page =
                        PlannerStore.due(connection, PhaseRange.behind(watermark, toMinute), now, pageSize);
                all = all.plus(count(connection, page, now));
                watermark = page.reached();
                counted = watermark;
            }
            progress.made();
        }
        return all;
    }

    private Watermark watermark(Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<PlannerPosition> position = PositionStore.read(connection);
            return position.isPresent() ? position.get().watermark() : PositionStore.first(connection, now);
        }
    }

    private static Count count(Connection connection, PlannerStore.Page page, Instant now) throws SQLException {
        if (page.jobs().isEmpty()) {
            return Count.NONE;
        }
        Catalogue catalogue = CatalogueStore.read(connection);
        long[] ids = page.jobs().stream().mapToLong(RefreshJob::accountId).toArray();
        Map<Long, Account> accounts = RefreshStore.accounts(connection, ids);
        Count all = Count.NONE;
        for (RefreshJob job : page.jobs()) {
            Account account = accounts.get(job.accountId());
            if (account != null) {
                all = all.plus(count(account, job, catalogue, now));
            }
        }
        return all;
    }

    private static Count count(Account account, RefreshJob job, Catalogue catalogue, Instant now) {
        try {
            return RefreshRule.decide(account, job.dueAt(), catalogue, now) instanceof RefreshDecision.Apply apply
                    ? new Count(1, apply.refresh().granted(), 0)
                    : Count.NONE;
        } catch (RuntimeException e) {
            // What the rules refuse is a failure of this account, whatever the reason, and of no other.
            return new Count(0, 0, 1);
        }
    }
}
