package io.creditrefresh.worker.task;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.worker.batch.Tally;
import io.creditrefresh.worker.health.ReportedBatches;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Applies the jobs of a call as the pipeline applies those from Kafka, and names the users of those that failed. */
@Singleton
class CalledBatches {

    private final ReportedBatches batches;
    private final DataSource database;

    CalledBatches(ReportedBatches batches, DataSource database) {
        this.batches = batches;
        this.database = database;
    }

    /** One batch; tries nothing a second time. */
    Applied apply(List<RefreshJob> jobs) throws SQLException {
        if (jobs.isEmpty()) {
            return Applied.NOTHING;
        }
        Tally tally = batches.apply(jobs);
        BatchStore.Counts total = tally.total();
        return new Applied(
                total.refreshed(), total.skipped() + total.already(), total.failed(), named(tally.failures()));
    }

    private List<FailedUser> named(List<Tally.Failure> failures) throws SQLException {
        if (failures.isEmpty()) {
            return List.of();
        }
        List<Tally.Failure> shown = failures.subList(0, Math.min(failures.size(), Applied.ERRORS_MAX));
        long[] ids =
                shown.stream().mapToLong(failure -> failure.job().accountId()).toArray();
        try (Connection connection = database.getConnection()) {
            Map<Long, String> users = RefreshStore.userIds(connection, ids);
            return shown.stream().map(failure -> named(failure, users)).toList();
        }
    }

    private static FailedUser named(Tally.Failure failure, Map<Long, String> users) {
        RefreshJob job = failure.job();
        String userId = users.getOrDefault(job.accountId(), "unknown");
        return new FailedUser(userId, job.accountId() + "@" + job.dueAt(), failure.error());
    }
}
