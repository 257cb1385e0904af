package io.creditrefresh.worker.batch;

/** What became of one job. */
enum Outcome {
    REFRESHED,
    /** The account had left the job's period. */
    ALREADY,
    /** Off the schedule, not due, locked by others or unknown. */
    SKIPPED,
    FAILED
}
