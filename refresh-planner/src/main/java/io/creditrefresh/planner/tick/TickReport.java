package io.creditrefresh.planner.tick;

import java.util.Optional;

/**
 * What one tick did.
 *
 * @param due jobs emitted because their minute has come
 * @param retries jobs emitted because a failed account is tried again
 * @param swept jobs emitted again because they seem to be lost
 * @param bulk jobs emitted because somebody has asked for many accounts
 * @param more whether there is more to do at once
 * @param failure why the tick ended early
 */
public record TickReport(int due, int retries, int swept, int bulk, boolean more, Optional<Failure> failure) {

    /** What was away or wrong. */
    public enum Failure {
        KAFKA("Kafka"),
        DATABASE("The database"),
        /** Ours to repair. */
        BUG("Unexpected");

        private final String label;

        Failure(String label) {
            this.label = label;
        }

        /** For people. */
        public String label() {
            return label;
        }
    }

    static final TickReport NOTHING = new TickReport(0, 0, 0, 0, false, Optional.empty());

    static TickReport failed(Failure failure) {
        return new TickReport(0, 0, 0, 0, false, Optional.of(failure));
    }

    static TickReport of(Emission due, Emission retries, Emission swept) {
        boolean more = due.end() == Emission.End.MORE
                || retries.end() == Emission.End.MORE
                || swept.end() == Emission.End.MORE;
        return new TickReport(due.jobs(), retries.jobs(), swept.jobs(), 0, more, Optional.empty());
    }

    /** The same with the jobs of what somebody has asked for. */
    TickReport with(Emission asked) {
        return new TickReport(
                due, retries, swept, bulk + asked.jobs(), more || asked.end() == Emission.End.MORE, failure);
    }

    /** Both together; whether there is more to do, and what failed, is as the later one says. */
    TickReport then(TickReport later) {
        return new TickReport(
                due + later.due,
                retries + later.retries,
                swept + later.swept,
                bulk + later.bulk,
                later.more,
                later.failure);
    }

    public int emitted() {
        return due + retries + swept + bulk;
    }
}
