package io.creditrefresh.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.bulk.BulkWork;
import io.creditrefresh.ledger.command.BulkJobs;
import io.creditrefresh.ledger.movement.Deed;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Orders jobs on many accounts, and tells how far they are. */
@Singleton
class BulkOrders {

    private final BulkJobs jobs;
    private final Writes writes;
    private final Caller caller;
    private final ObjectMapper mapper;

    BulkOrders(BulkJobs jobs, Writes writes, Caller caller, ObjectMapper mapper) {
        this.jobs = jobs;
        this.writes = writes;
        this.caller = caller;
        this.mapper = mapper;
    }

    /**
     * What an order comes with.
     *
     * @param action as the audit names it
     * @param key null for an order that may be repeated
     * @param body as it was read
     */
    record Order(
            String action,
            @Nullable String key,
            Object body,
            @Nullable String reason,
            @Nullable Boolean dryRun) {}

    BulkJobAnswer begin(BulkWish wish, Order order) throws SQLException {
        checkRestoredBy(wish);
        return jobs.begin(
                        wish,
                        Boolean.TRUE.equals(order.dryRun()),
                        deed(order.action(), order.reason()),
                        writes.optional(order.key(), "POST /" + order.action(), order.body()),
                        writes.keeping(BulkJobAnswer.class),
                        this::answer)
                .orElseThrow(Refusals::problem);
    }

    BulkJobAnswer cancel(long id, Order order) throws SQLException {
        return jobs.cancel(
                        id,
                        deed(order.action(), order.reason()),
                        writes.optional(order.key(), "POST /" + order.action() + " " + id, order.body()),
                        writes.keeping(BulkJobAnswer.class),
                        this::line)
                .orElseThrow(Refusals::problem);
    }

    /** One job, or the problem {@code not_found}. */
    BulkJobAnswer find(long id) throws SQLException {
        return jobs.find(id).map(this::answer).orElseThrow(ProblemCode.NOT_FOUND::problem);
    }

    BulkJobAnswer line(BulkJob job) {
        return BulkJobAnswer.of(job, asked(job), null);
    }

    private BulkJobAnswer answer(BulkJobs.Progress found) {
        return BulkJobAnswer.of(found, asked(found.job()));
    }

    private Map<String, Object> asked(BulkJob job) {
        try {
            return mapper.readValue(job.wish(), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the wish of a job is not the JSON it was: " + job.id(), e);
        }
    }

    private void checkRestoredBy(BulkWish wish) throws SQLException {
        Long restoredBy = wish.restoredBy();
        if (restoredBy == null) {
            return;
        }
        boolean hasTakenBack = jobs.find(restoredBy)
                .map(BulkJobs.Progress::job)
                .filter(job -> job.work() == BulkWork.RESTORE && !job.dryRun())
                .isPresent();
        if (!hasTakenBack) {
            throw ProblemCode.INVALID_REQUEST.problem("restoredBy is a job that has taken refreshes back");
        }
    }

    private Deed deed(String action, @Nullable String reason) {
        return new Deed(caller.actor(), caller.role(), action, Bodies.reason(reason));
    }
}
