package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.command.WaitingSpend.Alone;
import io.creditrefresh.ledger.command.WaitingSpend.Answered;
import io.creditrefresh.ledger.command.WaitingSpend.Failed;
import io.creditrefresh.ledger.command.WaitingSpend.Turn;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What becomes of spends that go together: one statement if all goes well. A spend that the ledger refuses is found by
 * halving; when a lock is in the way each goes alone; with anything else the database is at fault, and all fail.
 */
final class SpendGroup {

    private final PlainStatement statement;
    private final FailedGroups failures;
    private Optional<Exception> failure = Optional.empty();

    SpendGroup(PlainStatement statement, FailedGroups failures) {
        this.statement = statement;
        this.failures = failures;
    }

    /** Spends for all of them and tells each its turn but the first, whose turn is returned. */
    Turn spend(List<WaitingSpend> spends) {
        if (failure.isPresent()) {
            // Nobody else is kept waiting for what has just failed.
            return tell(spends, index -> new Failed(failure.get()));
        }
        try {
            List<Optional<SpentPart>> parts =
                    statement.together(spends.stream().map(WaitingSpend::spend).toList());
            return tell(spends, index -> turn(parts.get(index), spends.size()));
        } catch (SQLException e) {
            return afterwards(spends, e);
        } catch (RuntimeException e) {
            return failAll(spends, e);
        }
    }

    /** What several left out may only be locked. */
    private static Turn turn(Optional<SpentPart> part, int size) {
        return part.isEmpty() && size > 1 ? new Alone() : new Answered(part);
    }

    private Turn afterwards(List<WaitingSpend> spends, SQLException e) {
        if (spends.size() > 1) {
            failures.note(e);
        }
        if (Transactions.isLocked(e)) {
            return tell(spends, index -> new Alone());
        }
        if (!Transactions.isRefused(e)) {
            return failAll(spends, e);
        }
        return spends.size() == 1 ? tell(spends, index -> new Failed(e)) : inHalves(spends);
    }

    private Turn inHalves(List<WaitingSpend> spends) {
        List<WaitingSpend> second = spends.subList(spends.size() / 2, spends.size());
        Turn first = spend(spends.subList(0, spends.size() / 2));
        second.get(0).tell(spend(second));
        return first;
    }

    private Turn failAll(List<WaitingSpend> spends, Exception e) {
        failure = Optional.of(e);
        return tell(spends, index -> new Failed(e));
    }

    private static Turn tell(List<WaitingSpend> spends, IntFunction<Turn> turn) {
        for (int i = 1; i < spends.size(); i++) {
            spends.get(i).tell(turn.apply(i));
        }
        return turn.apply(0);
    }
}
