package io.creditrefresh.api.history;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A past refresh as support sees it.
 *
 * @param seq number of the entry among those of its account
 * @param runDate the run that it belongs to
 * @param actor who did it
 */
public record AuditedRefresh(
        long accountId,
        long seq,
        @Nullable LocalDate runDate,
        String actor,
        @Nullable String reason,
        @JsonUnwrapped RefreshEntry refresh) {

    static AuditedRefresh of(LedgerEntryRow row, String kind) {
        return new AuditedRefresh(
                row.accountId, row.seq, row.runDate, row.actor, row.reason, RefreshEntry.of(row, kind));
    }
}
