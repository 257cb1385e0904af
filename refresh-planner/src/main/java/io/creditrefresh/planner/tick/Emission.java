package io.creditrefresh.planner.tick;

/**
 * What one step of a tick has emitted.
 *
 * @param jobs acknowledged by Kafka
 */
record Emission(int jobs, End end) {

    static final Emission NOTHING = new Emission(0, End.DONE);

    /** Why the step ended. */
    enum End {
        DONE,
        /** At its limit of pages; the next tick goes on. */
        MORE,
        /** Another planner has moved the watermark. */
        LOST_RACE
    }
}
