package io.creditrefresh.api.bulk;

import io.creditrefresh.ledger.bulk.BulkFate;
import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.command.BulkJobs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job on many accounts, and how far it is.
 *
 * @param work refresh or restore
 * @param state listing, running, done or cancelled
 * @param users how many users it names; null if it names none
 * @param asked what else it asks for: plan, billingState, restoredBy, from, to
 * @param unknownUsers ids that it names and that no user has
 * @param progress null in lists, and in the answer to a cancellation
 */
record BulkJobAnswer(
        long id,
        String work,
        String state,
        boolean dryRun,
        @Nullable Integer users,
        Map<String, Object> asked,
        List<String> unknownUsers,
        String by,
        @Nullable String reason,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable BulkProgress progress) {

    /**
     * Numbers of accounts; of a restore, of refreshes.
     *
     * @param total so many are listed; while the job is being listed, so far
     * @param open nothing has become of them yet; of a cancelled job, nothing will
     * @param refreshed it was due, or its allowance was filled up
     * @param unchanged its allowance was full
     * @param held on hold or past due: nothing is granted
     * @param restored taken back, as far as it was not spent
     * @param already taken back before
     * @param periodOver the account has left the refresh's period
     * @param failed could not be done; the results say why
     */
    record BulkProgress(
            long total,
            long open,
            long refreshed,
            long unchanged,
            long held,
            long restored,
            long already,
            long periodOver,
            long failed) {

        static BulkProgress of(Map<BulkFate, Long> counts) {
            return new BulkProgress(
                    counts.values().stream().mapToLong(count -> count).sum(),
                    counts.getOrDefault(BulkFate.OPEN, 0L),
                    counts.getOrDefault(BulkFate.REFRESHED, 0L),
                    counts.getOrDefault(BulkFate.UNCHANGED, 0L),
                    counts.getOrDefault(BulkFate.HELD, 0L),
                    counts.getOrDefault(BulkFate.RESTORED, 0L),
                    counts.getOrDefault(BulkFate.ALREADY, 0L),
                    counts.getOrDefault(BulkFate.PERIOD_OVER, 0L),
                    counts.getOrDefault(BulkFate.FAILED, 0L));
        }
    }

    static BulkJobAnswer of(BulkJobs.Progress found, Map<String, Object> asked) {
        return of(found.job(), asked, BulkProgress.of(found.counts()));
    }

    static BulkJobAnswer of(BulkJob job, Map<String, Object> asked, @Nullable BulkProgress progress) {
        return new BulkJobAnswer(
                job.id(),
                job.work().code(),
                job.state().code(),
                job.dryRun(),
                job.users(),
                asked,
                job.unknownUsers(),
                job.cause().actor(),
                job.cause().reason(),
                job.createdAt(),
                job.finishedAt(),
                progress);
    }
}
