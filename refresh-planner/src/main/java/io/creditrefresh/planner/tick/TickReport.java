package io.creditrefresh.planner.tick;

/**
 * What one tick did.
 *
 * @param due jobs emitted because their minute has come
 * @param retries jobs emitted because a failed account is tried again
 * @param swept jobs emitted again because they seem to be lost
 * @param more whether there is more to do at once
 */
public record TickReport(int due, int retries, int swept, boolean more) {

    static final TickReport NOTHING = new TickReport(0, 0, 0, false);

    static TickReport of(Emission due, Emission retries, Emission swept) {
        boolean more = due.end() == Emission.End.MORE
                || retries.end() == Emission.End.MORE
                || swept.end() == Emission.End.MORE;
        return new TickReport(due.jobs(), retries.jobs(), swept.jobs(), more);
    }

    public int emitted() {
        return due + retries + swept;
    }
}
