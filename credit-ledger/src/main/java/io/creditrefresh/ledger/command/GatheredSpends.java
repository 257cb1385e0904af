package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.command.WaitingSpend.Alone;
import io.creditrefresh.ledger.command.WaitingSpend.Answered;
import io.creditrefresh.ledger.command.WaitingSpend.Lead;
import io.creditrefresh.ledger.command.WaitingSpend.Turn;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Plain spends of many callers in few statements: one that comes while others are under way costs a fraction of a statement
 * of its own, and one that comes alone waits for nobody.
 *
 * <p>There is no thread but the callers'. One of a group leads: it runs the statement for all of them while the others
 * wait, gives each its answer, and tells the first of those who have come meanwhile to lead the next group.
 */
final class GatheredSpends {

    /** With a second one, Postgres has work while the first one's answers are on their way, or its commit is. */
    static final int STATEMENTS_MAX = 2;

    /** So many rows are locked at a time until the commit. */
    static final int SPENDS_MAX = 64;

    /** As long as one would wait for a connection. */
    private static final Duration TURN_MAX = Duration.ofSeconds(5);

    /** Longer than the leader can be kept waiting: 5 s for a connection and 30 s for an answer on it. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    private final SpendQueue queue = new SpendQueue(STATEMENTS_MAX, SPENDS_MAX);
    private final Statement statement;

    GatheredSpends(Statement statement) {
        this.statement = statement;
    }

    /** Spends in one transaction what is the plain case. */
    interface Statement {
        /** In the order of {@code spends}; empty where nothing was spent. */
        List<Optional<SpentPart>> spend(List<PlainSpend> spends) throws SQLException;
    }

    /**
     * Spends, with others or alone.
     *
     * @return empty if nothing was spent: it must be decided with the rules
     * @throws SQLException as if it had been alone; nobody sees another one's failure
     */
    Optional<SpentPart> spend(PlainSpend spend) throws SQLException {
        WaitingSpend own = new WaitingSpend(spend);
        Optional<List<WaitingSpend>> group = queue.enter(own);
        Turn turn = group.isPresent() ? new Lead(group.get()) : await(own);
        if (turn instanceof Lead lead) {
            turn = lead(lead.group());
        }
        return turn instanceof Answered answered
                ? answered.part()
                : statement.spend(List.of(spend)).get(0);
    }

    /** Spends for all of a group; returns the turn of its first, the leader. */
    private Turn lead(List<WaitingSpend> group) throws SQLException {
        List<Turn> turns = List.of();
        try {
            turns = statement.spend(group.stream().map(WaitingSpend::spend).toList()).stream()
                    .map(part -> (Turn) new Answered(part))
                    .toList();
        } catch (SQLException | RuntimeException e) {
            if (group.size() == 1) {
                throw e;
            }
        } finally {
            // Whatever it was that failed: all are told, and the next ones go.
            queue.end(group);
            for (int i = 0; i < group.size(); i++) {
                group.get(i).tell(turns.isEmpty() ? new Alone() : turns.get(i));
            }
        }
        return turns.isEmpty() ? new Alone() : turns.get(0);
    }

    private Turn await(WaitingSpend own) throws SQLException {
        try {
            return awaitTurn(own);
        } catch (TimeoutException e) {
            throw unknown("no answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (queue.leave(own)) {
                throw new SQLException("interrupted before a spend's turn", e);
            }
            // Who was told to lead does it all the same: others count on it.
            return own.told().orElseThrow(() -> unknown("interrupted while a spend was under way", e));
        }
    }

    private Turn awaitTurn(WaitingSpend own) throws SQLException, InterruptedException, TimeoutException {
        try {
            return own.await(TURN_MAX);
        } catch (TimeoutException e) {
            if (queue.leave(own)) {
                throw new SQLException("no turn to spend within " + TURN_MAX, e);
            }
            return own.await(ANSWER_MAX);
        }
    }

    /** As when a connection is lost during a commit: to be asked again under the same key. */
    private static SQLException unknown(String why, Exception cause) {
        return new SQLException(why + ": whether it was spent is unknown", "08007", cause);
    }
}
