package io.creditrefresh.api.privacy;

import io.creditrefresh.api.write.WrittenEntry;
import io.creditrefresh.ledger.command.Result;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a user.
 *
 * @param dryRun nothing was written: this is what would be
 * @param anonymousId by which support finds the ledger from now on; null in a dry run
 * @param entries of the ledger, a due refresh first
 */
public record AnonymiseAnswer(boolean dryRun, @Nullable String anonymousId, List<WrittenEntry> entries) {

    static AnonymiseAnswer of(boolean dryRun, Result result) {
        return new AnonymiseAnswer(
                dryRun,
                dryRun ? null : result.after().userId(),
                result.entries().stream().map(WrittenEntry::of).toList());
    }
}
