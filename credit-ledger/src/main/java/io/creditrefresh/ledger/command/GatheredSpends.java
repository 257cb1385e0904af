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

/**
 * Plain spends of many callers in few statements: one that comes while a statement is under way costs a fraction of one of
 * its own, and one that comes alone waits for nobody.
 *
 * <p>There is no thread but the callers'. One of a group leads: it runs the statement for all of them while the others
 * wait, gives each its answer, and tells the first of those who have come meanwhile to lead the next group.
 */
final class GatheredSpends {

    /** Of the pool's connections the rest is for whatever else is asked, while Postgres is slow. */
    static final int STATEMENTS_MAX = 4;

    /** So many rows are locked at a time until the commit. */
    static final int SPENDS_MAX = 64;

    /** As long as one would wait for a connection. */
    private static final Duration TURN_MAX = Duration.ofSeconds(5);

    /** Longer than the leader can be kept waiting: 5 s for a connection and 30 s for an answer on it. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    private final SpendQueue queue = new SpendQueue(STATEMENTS_MAX, SPENDS_MAX, System::nanoTime);
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
        queue.enter(own);
        Turn turn = await(own);
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
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (queue.leave(own)) {
                throw new SQLException("interrupted before a spend's turn", e);
            }
            // Who was told to lead does it all the same: others count on it.
            return own.told().orElseThrow(() -> unknown("interrupted while a spend was under way"));
        }
    }

    private Turn awaitTurn(WaitingSpend own) throws SQLException, InterruptedException {
        Optional<Turn> turn = own.await(SpendQueue.LATE);
        if (turn.isEmpty()) {
            queue.goOn();
            turn = own.await(TURN_MAX);
        }
        if (turn.isEmpty()) {
            if (queue.leave(own)) {
                throw new SQLException("no turn to spend within " + TURN_MAX);
            }
            turn = own.await(ANSWER_MAX);
        }
        return turn.orElseThrow(() -> unknown("no answer in time"));
    }

    /** As when a connection is lost during a commit: to be asked again under the same key. */
    private static SQLException unknown(String why) {
        return new SQLException(why + ": whether it was spent is unknown", "08007");
    }
}
