package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.bulk.BulkFate;
import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkState;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.BulkJobStore;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Begins, shows and cancels work on many accounts. The planner and the workers do it. */
public final class BulkJobs {

    private final Transactions transactions;
    private final Deeds deeds;

    public BulkJobs(LedgerAccess ledger) {
        this.transactions = ledger.transactions();
        this.deeds = new Deeds(ledger);
    }

    /**
     * A job and how many of its items stand where.
     *
     * @param counts of a job that is being listed, those that are listed so far
     */
    public record Progress(BulkJob job, Map<BulkFate, Long> counts) {}

    /** Begins a job, once under its key. */
    public <T> Outcome<T> begin(
            BulkWish wish,
            boolean dryRun,
            Deed deed,
            Optional<WriteRequest> request,
            Keeping<T> answers,
            Function<Progress, T> make)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            BulkJob job = BulkJobStore.create(connection, wish, dryRun, new Cause(deed.actor(), deed.reason()), now);
            Map<String, @Nullable Object> after = new LinkedHashMap<>();
            after.put("job", job.id());
            after.put("dryRun", dryRun);
            after.putAll(wish.asMap());
            // Who they are stands with the job; the audit says how many.
            after.computeIfPresent("userIds", (name, ids) -> ((List<?>) ids).size());
            AuditStore.insert(connection, null, deed, Map.of(), after, now);
            return make.apply(new Progress(job, Map.of()));
        });
    }

    /**
     * Has nothing more of a job begin; refused if it is over by itself. Cancelling twice is cancelling once.
     * It counts nothing: it must not fail because a job is large.
     */
    public <T> Outcome<T> cancel(
            long id, Deed deed, Optional<WriteRequest> request, Keeping<T> answers, Function<BulkJob, T> make)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            boolean isCancelled = BulkJobStore.cancel(connection, id, now);
            BulkJob job = BulkJobStore.find(connection, id).orElseThrow(Refusal.NO_SUCH_JOB::exception);
            if (isCancelled) {
                AuditStore.insert(connection, null, deed, Map.of(), Map.of("job", id), now);
            } else if (job.state() == BulkState.DONE) {
                throw Refusal.JOB_IS_OVER.exception();
            }
            return make.apply(job);
        });
    }

    /** A job and how far it is. */
    public Optional<Progress> find(long id) throws SQLException {
        return transactions.run(connection -> {
            Optional<BulkJob> job = BulkJobStore.find(connection, id);
            return job.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Progress(job.get(), BulkJobStore.counts(connection, id)));
        });
    }
}
