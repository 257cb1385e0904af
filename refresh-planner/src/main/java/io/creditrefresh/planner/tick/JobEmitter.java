package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.planner.jobs.JobSender;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import jakarta.inject.Singleton;
import java.util.List;

/** Emits pages of jobs, counts them, and says when to stop. */
@Singleton
class JobEmitter {

    private final JobSender sender;
    private final PlannerMetrics metrics;
    private final LoopProgress progress;

    JobEmitter(JobSender sender, PlannerMetrics metrics, LoopProgress progress) {
        this.sender = sender;
        this.metrics = metrics;
        this.progress = progress;
    }

    /** Returns when Kafka has all of the page. */
    void emit(List<RefreshJob> page, Reason reason) throws NotAcknowledgedException {
        sender.send(page);
        metrics.emitted(reason, page.size());
        progress.made();
    }

    /** Once true, a tick ends after the page it is at. */
    boolean isStopping() {
        return progress.isStopping();
    }
}
