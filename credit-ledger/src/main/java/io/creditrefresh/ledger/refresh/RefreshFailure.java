package io.creditrefresh.ledger.refresh;

import io.creditrefresh.ledger.message.RefreshJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A failed attempt to refresh one account: it is tried again after 1, 2 and 4 minutes, and is exhausted when the third
 * retry fails.
 *
 * @param attempts how often it was tried, 1 or more
 * @param failedAt when this attempt failed
 * @param error what was wrong, for people
 */
public record RefreshFailure(
        long accountId,
        Instant dueAt,
        int attempts,
        State state,
        Category category,
        Instant failedAt,
        Instant nextAttemptAt,
        String error) {

    private static final int RETRIES = 3;
    private static final int MAX_ERROR_LENGTH = 1_000;

    /** Whether the account is tried again by itself. */
    public enum State {
        RETRYING,
        /** Out of retries: one more try per {@code CREDIT_REFRESH_INTERVAL_HOURS}, and a matter for people. */
        EXHAUSTED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What kind of trouble it is. */
    public enum Category {
        /** The rules refuse the account as it is: an unknown plan, an overflow. */
        DATA,
        /** The database refuses it. */
        DATABASE,
        /** A broken invariant: ours to repair. */
        BUG;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The failure of {@code job}.
     *
     * @param exhaustedInterval how long an exhausted account waits for one more try
     */
    public static RefreshFailure of(
            RefreshJob job, Category category, String error, Instant now, Duration exhaustedInterval) {
        int attempts = job.attempt() + 1;
        State state = attempts > RETRIES ? State.EXHAUSTED : State.RETRYING;
        Duration wait = state == State.EXHAUSTED ? exhaustedInterval : Duration.ofMinutes(1L << (attempts - 1));
        return new RefreshFailure(
                job.accountId(), job.dueAt(), attempts, state, category, now, now.plus(wait), shortened(error));
    }

    private static String shortened(String error) {
        String oneLine = error.replaceAll("\\s+", " ").replace("\u0000", "").strip();
        return oneLine.length() <= MAX_ERROR_LENGTH ? oneLine : oneLine.substring(0, MAX_ERROR_LENGTH);
    }
}
