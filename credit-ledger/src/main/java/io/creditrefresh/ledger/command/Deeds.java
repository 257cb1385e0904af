package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.store.IdempotencyStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Carries out writes that are about no single subscriber: in one transaction each, and under a key once. */
final class Deeds {

    private final LedgerAccess ledger;
    private final Transactions transactions;

    Deeds(LedgerAccess ledger) {
        this.ledger = ledger;
        this.transactions = ledger.transactions();
    }

    /** What is done; throws a {@link Refusal.RefusedException} to refuse. */
    interface Doing<T> {
        T on(Connection connection, Instant now) throws SQLException;
    }

    /**
     * Does it, unless it was done before under the same key.
     *
     * @param request empty if a repetition is a deed of its own
     */
    <T> Outcome<T> once(Optional<WriteRequest> request, Keeping<T> answers, Doing<T> doing) throws SQLException {
        try {
            return transactions.run(connection -> attempt(connection, request, answers, doing));
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        } catch (SQLException e) {
            if (request.isEmpty() || !Transactions.isTaken(e)) {
                throw e;
            }
            return again(request, answers, doing);
        }
    }

    /** Another one under this key came first; what is kept of it tells. */
    private <T> Outcome<T> again(Optional<WriteRequest> request, Keeping<T> answers, Doing<T> doing)
            throws SQLException {
        try {
            return transactions.run(connection -> attempt(connection, request, answers, doing));
        } catch (Refusal.RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    private <T> Outcome<T> attempt(
            Connection connection, Optional<WriteRequest> request, Keeping<T> answers, Doing<T> doing)
            throws SQLException {
        if (request.isPresent()) {
            var earlier = IdempotencyStore.find(connection, IdempotencyStore.NO_SUBSCRIBER, request.get());
            if (earlier.isPresent()) {
                String kept = earlier.get().answer();
                if (!earlier.get().isSame() || kept == null) {
                    throw Refusal.KEY_REUSED.exception();
                }
                return new Outcome.Done<>(answers.read(kept), true);
            }
        }
        Instant now = ledger.clock().instant();
        T answer = doing.on(connection, now);
        if (request.isPresent()) {
            IdempotencyStore.keep(
                    connection, IdempotencyStore.NO_SUBSCRIBER, request.get(), answers.write(answer), now);
        }
        return new Outcome.Done<>(answer, false);
    }
}
