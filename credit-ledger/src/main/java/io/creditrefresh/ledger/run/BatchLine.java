package io.creditrefresh.ledger.run;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What one batch did for one run.
 *
 * @param startedAt by the service's clock, as is {@code finishedAt}
 * @param appliedBy who did it: {@code worker}, or another part
 * @param refreshed number of jobs, as are {@code skipped}, {@code already} and {@code failed}
 * @param busy elapsed real time
 */
public record BatchLine(
        Instant startedAt,
        Instant finishedAt,
        LocalDate runDate,
        String appliedBy,
        int refreshed,
        int skipped,
        int already,
        int failed,
        Duration busy) {}
