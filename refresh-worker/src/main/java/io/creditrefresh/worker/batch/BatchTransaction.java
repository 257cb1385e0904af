package io.creditrefresh.worker.batch;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshDecision;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.ledger.store.FailureStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.ledger.store.RolloutStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The work of one batch on one connection; the caller commits it, or rolls it back. */
final class BatchTransaction {

    /** Who applies, as the ledger and the batches name it. */
    static final String WORKER = "worker";

    /** An account that loses so many races in a row is left to the sweep. */
    private static final int ROUNDS = 5;

    /** Whether accounts that others have locked are waited for or passed over. */
    enum Locked {
        WAIT,
        PASS_OVER
    }

    private final Connection connection;
    private final Catalogue catalogue;
    private final Instant now;
    private final Tally tally = new Tally();
    private final List<FailedJob> failed = new ArrayList<>();
    private final List<RefreshJob> done = new ArrayList<>();
    private final List<Refresh> refreshed = new ArrayList<>();
    private final List<Long> unknown = new ArrayList<>();

    BatchTransaction(Connection connection, Catalogue catalogue, Instant now) {
        this.connection = connection;
        this.catalogue = catalogue;
        this.now = now;
    }

    /** Applies what is due; fails as a whole with the first statement that does. */
    void apply(List<RefreshJob> jobs, Locked locked) throws SQLException {
        List<RefreshJob> open = jobs;
        for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
            open = applyOnce(open, locked);
        }
        open.forEach(job -> tally.add(runDate(job), Outcome.SKIPPED));
        FailureStore.clear(connection, done);
    }

    /** Writes down the batch, one row per run. */
    void close(Duration busy, Instant finishedAt) throws SQLException {
        write(connection, tally, new BatchStore.Span(now, finishedAt, busy));
    }

    /** Each run gets its jobs' share of the time, so that the runs' times add up to what passed. */
    static void write(Connection connection, Tally tally, BatchStore.Span span) throws SQLException {
        Map<LocalDate, BatchStore.Counts> perRun = tally.perRun();
        long all = Math.max(
                1, perRun.values().stream().mapToLong(BatchStore.Counts::jobs).sum());
        for (Map.Entry<LocalDate, BatchStore.Counts> run : perRun.entrySet()) {
            Duration share = span.busy().multipliedBy(run.getValue().jobs()).dividedBy(all);
            BatchStore.Span ofRun = new BatchStore.Span(span.startedAt(), span.finishedAt(), share);
            BatchStore.insert(connection, run.getKey(), WORKER, ofRun, run.getValue());
        }
    }

    Tally tally() {
        return tally;
    }

    /** Jobs whose accounts the rules refuse; nothing was written for them. */
    List<FailedJob> failed() {
        return failed;
    }

    List<Refresh> refreshed() {
        return refreshed;
    }

    /** External user ids of the refreshed accounts, by account id. */
    Map<Long, String> users() throws SQLException {
        return RefreshStore.userIds(
                connection,
                refreshed.stream().mapToLong(refresh -> refresh.before().id()).toArray());
    }

    /** Ids of no account. */
    List<Long> unknown() {
        return unknown;
    }

    /** One read, one decision each, one write. Returns the jobs that lost a race and must be decided anew. */
    private List<RefreshJob> applyOnce(List<RefreshJob> jobs, Locked locked) throws SQLException {
        long[] ids = jobs.stream().mapToLong(RefreshJob::accountId).distinct().toArray();
        Map<Long, Account> accounts = RolloutStore.placed(
                connection,
                locked == Locked.WAIT
                        ? RefreshStore.accounts(connection, ids)
                        : RefreshStore.lockUnlocked(connection, ids),
                catalogue);
        Map<Long, RefreshJob> jobsToApply = new HashMap<>();
        List<Refresh> refreshes = new ArrayList<>(jobs.size());
        for (RefreshJob job : jobs) {
            Account account = accounts.get(job.accountId());
            if (account == null) {
                absent(job, locked);
            } else if (jobsToApply.containsKey(job.accountId())) {
                // Delivered twice within the batch: the first one does it.
                tally.add(runDate(job), Outcome.ALREADY);
            } else {
                decide(job, account, jobsToApply, refreshes);
            }
        }
        Set<Long> applied = RefreshStore.apply(connection, refreshes, WORKER, now);
        List<RefreshJob> lost = new ArrayList<>();
        for (Refresh refresh : refreshes) {
            RefreshJob job =
                    Objects.requireNonNull(jobsToApply.get(refresh.before().id()));
            if (applied.contains(job.accountId())) {
                tally.add(refresh.runDate(), Outcome.REFRESHED);
                refreshed.add(refresh);
                done.add(job);
            } else {
                lost.add(job);
            }
        }
        return lost;
    }

    private void decide(RefreshJob job, Account account, Map<Long, RefreshJob> jobsToApply, List<Refresh> refreshes) {
        RefreshDecision decision;
        try {
            decision = RefreshRule.decide(account, job.dueAt(), catalogue, now);
        } catch (RuntimeException e) {
            // The account's own trouble, whatever it is: the others go on.
            failed.add(new FailedJob(job, e));
            return;
        }
        if (decision instanceof RefreshDecision.Apply apply) {
            jobsToApply.put(job.accountId(), job);
            refreshes.add(apply.refresh());
            return;
        }
        tally.add(runDate(job), decision == RefreshDecision.Not.ALREADY ? Outcome.ALREADY : Outcome.SKIPPED);
        if (decision != RefreshDecision.Not.NOT_DUE) {
            done.add(job);
        }
    }

    private void absent(RefreshJob job, Locked locked) {
        tally.add(runDate(job), Outcome.SKIPPED);
        if (locked == Locked.WAIT) {
            unknown.add(job.accountId());
        }
    }

    /** The run that a job without a refresh is counted in. */
    static LocalDate runDate(RefreshJob job) {
        return LocalDate.ofInstant(job.dueAt(), ZoneOffset.UTC);
    }
}
