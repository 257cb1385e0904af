package io.creditrefresh.api.override;

import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.WrittenEntry;
import io.creditrefresh.ledger.command.Result;
import java.util.List;

/**
 * What an admin's change has done.
 *
 * @param dryRun nothing was written: this is what would be
 * @param entries of the ledger, a due refresh first
 * @param status of the user after it
 */
public record ChangeAnswer(boolean dryRun, List<WrittenEntry> entries, CreditStatus status) {

    /** Of what a command has done, or would do. */
    public static ChangeAnswer of(boolean dryRun, Result result, CreditStatus status) {
        return new ChangeAnswer(
                dryRun, result.entries().stream().map(WrittenEntry::of).toList(), status);
    }
}
