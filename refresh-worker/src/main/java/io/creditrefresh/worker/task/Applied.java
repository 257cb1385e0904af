package io.creditrefresh.worker.task;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of jobs.
 *
 * @param skipped there was nothing to refresh, or somebody else was at it
 * @param errors the first 50
 */
record Applied(int refreshed, int skipped, int failed, List<FailedUser> errors) {

    static final int ERRORS_MAX = 50;
    static final Applied NOTHING = new Applied(0, 0, 0, List.of());

    int processed() {
        return refreshed + skipped + failed;
    }

    Applied plus(Applied other) {
        List<FailedUser> all = new ArrayList<>(errors);
        all.addAll(other.errors);
        return new Applied(
                refreshed + other.refreshed,
                skipped + other.skipped,
                failed + other.failed,
                all.subList(0, Math.min(all.size(), ERRORS_MAX)));
    }
}
