package io.creditrefresh.worker.bulk;

import io.creditrefresh.ledger.bulk.BulkFate;
import io.creditrefresh.ledger.bulk.BulkResult;
import io.creditrefresh.ledger.command.BulkBatch;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.worker.trouble.Trouble;
import io.creditrefresh.worker.trouble.WeatherException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Does what bulk jobs ask for, a batch of accounts in one transaction. One that the database refuses is split until the
 * bad account stands alone; what others hold locked is left to the planner, which emits it again.
 */
@Singleton
public class BulkBatches {

    private static final Logger LOG = Logger.getLogger(BulkBatches.class);

    private final BulkBatch batch;

    BulkBatches(BulkBatch batch) {
        this.batch = batch;
    }

    /**
     * Does them, each once.
     *
     * @throws WeatherException if all must be tried again
     */
    public void apply(List<RefreshJob> jobs) {
        Map<Long, List<Long>> accounts = jobs.stream()
                .collect(Collectors.groupingBy(
                        RefreshJob::bulkJob,
                        TreeMap::new,
                        Collectors.mapping(RefreshJob::accountId, Collectors.toList())));
        accounts.forEach((jobId, ids) -> {
            Map<BulkFate, Integer> fates = new EnumMap<>(BulkFate.class);
            applyOrSplit(jobId, ids.stream().distinct().sorted().toList(), fates);
            LOG.infof("[CreditRefresh] Bulk job %d: %s of %d accounts", jobId, fates, ids.size());
        });
    }

    private void applyOrSplit(long jobId, List<Long> accounts, Map<BulkFate, Integer> fates) {
        try {
            for (BulkResult result : batch.apply(jobId, accounts)) {
                fates.merge(result.fate(), 1, Integer::sum);
            }
        } catch (SQLException | RuntimeException e) {
            switch (Trouble.of(e)) {
                case WEATHER -> throw new WeatherException("the database is away", e);
                case CONTENTION ->
                    LOG.infof("[CreditRefresh] Bulk job %d: %d accounts are locked by others", jobId, accounts.size());
                case BAD_DATA, REFUSED, BUG -> splitUp(jobId, accounts, e, fates);
            }
        }
    }

    private void splitUp(long jobId, List<Long> accounts, Exception error, Map<BulkFate, Integer> fates) {
        if (accounts.size() == 1) {
            fail(jobId, accounts.get(0), error);
            fates.merge(BulkFate.FAILED, 1, Integer::sum);
            return;
        }
        int middle = accounts.size() / 2;
        applyOrSplit(jobId, accounts.subList(0, middle), fates);
        applyOrSplit(jobId, accounts.subList(middle, accounts.size()), fates);
    }

    private void fail(long jobId, long accountId, Exception error) {
        String message = Trouble.messageOf(error);
        LOG.warnf("[CreditRefresh] Error in bulk job %d at account %d: %s", jobId, accountId, message);
        try {
            batch.fail(jobId, accountId, message);
        } catch (SQLException e) {
            throw new WeatherException("what failed could not be written", e);
        }
    }
}
