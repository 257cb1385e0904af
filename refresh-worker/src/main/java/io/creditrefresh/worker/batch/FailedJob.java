package io.creditrefresh.worker.batch;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.refresh.RefreshFailure;
import io.creditrefresh.worker.trouble.Trouble;

/** A job that stands alone with its error: not the weather's fault, but its own. */
record FailedJob(RefreshJob job, Throwable error) {

    RefreshFailure.Category category() {
        return switch (Trouble.of(error)) {
            case BAD_DATA -> RefreshFailure.Category.DATA;
            case REFUSED -> RefreshFailure.Category.DATABASE;
            case BUG -> RefreshFailure.Category.BUG;
            case WEATHER, CONTENTION -> throw new IllegalStateException("no account's own trouble", error);
        };
    }

    /** What was wrong. */
    String message() {
        return Trouble.messageOf(error);
    }
}
