package io.creditrefresh.api.subscription;

import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.WrittenEntry;
import java.util.List;

/**
 * What a change of plan has done.
 *
 * @param dryRun nothing was written: this is what would be
 * @param entries of the ledger, a due refresh first
 * @param status of the user after it
 */
public record PlanChangeAnswer(boolean dryRun, List<WrittenEntry> entries, CreditStatus status) {}
