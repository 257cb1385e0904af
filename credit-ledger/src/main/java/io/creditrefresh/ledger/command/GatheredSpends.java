package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.command.WaitingSpend.Answered;
import io.creditrefresh.ledger.command.WaitingSpend.Failed;
import io.creditrefresh.ledger.command.WaitingSpend.Lead;
import io.creditrefresh.ledger.command.WaitingSpend.Turn;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Plain spends of many callers in few statements: one that comes while a statement is under way costs a fraction of one
 * of its own, and one that comes alone waits for nobody.
 *
 * <p>There is no thread but the callers'. One of a group leads: it runs the statement for all of them while the others
 * wait, gives each its answer, and tells the first of those who have come meanwhile to lead the next group.
 */
final class GatheredSpends {

    /**
     * So many connections lead groups at a time, while Postgres is slow. Callers who go alone take one more each, as if
     * nothing were gathered.
     */
    static final int STATEMENTS_MAX = 4;

    /** So many rows are locked at a time until the commit. */
    static final int SPENDS_MAX = 64;

    private final Waits waits;
    private final SpendQueue queue;
    private final PlainStatement statement;
    private final FailedGroups failures = new FailedGroups(System::nanoTime);

    GatheredSpends(PlainStatement statement) {
        this(statement, STATEMENTS_MAX, SPENDS_MAX, Waits.USUAL);
    }

    GatheredSpends(PlainStatement statement, int statementsMax, int spendsMax, Waits waits) {
        this.statement = statement;
        this.waits = waits;
        this.queue = new SpendQueue(statementsMax, spendsMax, waits.late(), System::nanoTime);
    }

    /**
     * How long somebody waits for others at most.
     *
     * @param late many times what a statement takes, and little beside what a client waits for
     * @param turn as long as one would wait for a connection
     * @param answer longer than one statement can take: 5 s for a connection and 30 s for an answer on it, as the API's
     *     pool is set; whoever waits for more halves than that hears that it is unknown
     */
    record Waits(Duration late, Duration turn, Duration answer) {

        static final Waits USUAL = new Waits(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofSeconds(40));
    }

    /**
     * Spends, with others or alone. Until its caller says {@link #finish}, no other of the same user is begun.
     *
     * @return empty if nothing was spent: it must be decided with the rules
     * @throws SQLException of its own, or one that would have met it alone as well
     */
    Optional<SpentPart> spend(WaitingSpend own) throws SQLException {
        queue.enter(own);
        Turn turn = await(own);
        if (turn instanceof Lead lead) {
            turn = lead(lead.group());
        }
        if (turn instanceof Failed failed) {
            throw failed.exception();
        }
        return turn instanceof Answered answered ? answered.part() : statement.alone(own.spend());
    }

    /** Lets the next one of the same user go. */
    void finish(WaitingSpend own) {
        queue.finish(own);
    }

    /** Spends for all of a group; returns the turn of its first, the leader. */
    private Turn lead(List<WaitingSpend> group) {
        try {
            return new SpendGroup(statement, failures).spend(group);
        } catch (RuntimeException | Error e) {
            // Nobody waits for an answer that does not come. Who was told already hears nothing new.
            Turn failed = new Failed(unknown("the leader failed"));
            group.forEach(spend -> spend.tell(failed));
            throw e;
        } finally {
            queue.end(group);
        }
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
        long begun = System.nanoTime();
        Optional<Turn> turn = own.await(waits.late());
        while (turn.isEmpty() && System.nanoTime() - begun < waits.turn().toNanos()) {
            // Each time anew: the statement that has gone since may be late as well.
            queue.goOn();
            turn = own.await(waits.late());
        }
        if (turn.isEmpty()) {
            if (queue.leave(own)) {
                throw new SQLException("no turn to spend within " + waits.turn());
            }
            turn = own.await(waits.answer());
        }
        return turn.orElseThrow(() -> unknown("no answer in time"));
    }

    /** As when a connection is lost during a commit: to be asked again under the same key. */
    private static SQLException unknown(String why) {
        return new SQLException(why + ": whether it was spent is unknown", "08007");
    }
}
