package io.creditrefresh.planner.jobs;

/** Kafka did not acknowledge all jobs of a page; any number of them may have arrived. */
public final class NotAcknowledgedException extends Exception {

    NotAcknowledgedException(int jobs, Exception first) {
        super(jobs + " jobs were not acknowledged: " + reason(first), first);
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause();
        return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + ": " + cause.getMessage();
    }
}
