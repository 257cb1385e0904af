package io.creditrefresh.ledger.bulk;

import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.refresh.Refresh;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one item, decided but not yet written.
 *
 * @param change what is to be written, if anything is
 * @param error what was wrong; null unless it has failed
 */
public record BulkResult(
        BulkItem item,
        BulkFate fate,
        Optional<Change> change,
        @Nullable String error) {

    /** A change of one account with its entry. */
    public sealed interface Change {

        Entry entry();
    }

    /** The refresh of a due account. */
    public record Refreshing(Refresh refresh) implements Change {

        @Override
        public Entry entry() {
            return Entry.of(refresh);
        }
    }

    /** A movement of the allowance alone. */
    public record Moving(Movement movement) implements Change {

        @Override
        public Entry entry() {
            return Entry.of(movement);
        }
    }

    /** Nothing is written. */
    public static BulkResult of(BulkItem item, BulkFate fate) {
        return new BulkResult(item, fate, Optional.empty(), null);
    }

    static BulkResult of(BulkItem item, BulkFate fate, Change change) {
        return new BulkResult(item, fate, Optional.of(change), null);
    }

    /** It cannot be done. */
    public static BulkResult failed(BulkItem item, String error) {
        return new BulkResult(item, BulkFate.FAILED, Optional.empty(), error);
    }

    /** What the ledger gets, if it gets anything. */
    public Optional<Entry> entry() {
        return change.map(Change::entry);
    }
}
