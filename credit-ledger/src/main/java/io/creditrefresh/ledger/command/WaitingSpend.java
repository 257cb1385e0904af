package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A plain spend whose caller waits until it is told what to do. */
final class WaitingSpend {

    private final PlainSpend spend;
    private final CompletableFuture<Turn> turn = new CompletableFuture<>();

    WaitingSpend(PlainSpend spend) {
        this.spend = spend;
    }

    /** What its caller is told. */
    sealed interface Turn {}

    /** To run the statement for all of these, its own among them. */
    record Lead(List<WaitingSpend> group) implements Turn {}

    /** What the statement spent of it; empty if it must be decided with the rules. */
    record Answered(Optional<SpentPart> part) implements Turn {}

    /** To try without the others: somebody else's lock is or may be in the way. */
    record Alone() implements Turn {}

    /** That its statement failed, by its own fault or because of the database. */
    record Failed(Exception why) implements Turn {

        /** One for each caller, who may add to it. */
        SQLException exception() {
            if (why instanceof SQLException e) {
                // What the ledger refuses may be somebody else's, and names a key.
                String reason = Transactions.isRefused(e) ? "" : ": " + e.getMessage();
                return new SQLException("a statement of gathered spends failed" + reason, e.getSQLState(), e);
            }
            throw new IllegalStateException("a statement of gathered spends failed", why);
        }
    }

    PlainSpend spend() {
        return spend;
    }

    String userId() {
        return spend.order().userId();
    }

    /** Tells its caller; only the first that is said counts. */
    void tell(Turn what) {
        turn.complete(what);
    }

    /** What the caller was told already, if anything. */
    Optional<Turn> told() {
        return Optional.ofNullable(turn.getNow(null));
    }

    /** What the caller is told within a time; empty if that is nothing. */
    Optional<Turn> await(Duration atMost) throws InterruptedException {
        try {
            return Optional.of(turn.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn is only ever told", e);
        }
    }
}
