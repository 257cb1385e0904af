package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpentPart;
import io.creditrefresh.ledger.store.PlainSpendStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The statement of plain spends, a transaction of its own. Several leave out what is locked; one waits for the lock. */
interface PlainStatement {

    /** In the order of {@code spends}; empty where nothing was spent. Tried once. */
    List<Optional<SpentPart>> together(List<PlainSpend> spends) throws SQLException;

    /** Empty if nothing was spent. Tried again when a lock was in the way. */
    Optional<SpentPart> alone(PlainSpend spend) throws SQLException;

    /** On the ledger. */
    static PlainStatement on(LedgerAccess ledger) {
        return new OnLedger(ledger, ledger.transactions());
    }

    /** The real one. */
    record OnLedger(LedgerAccess ledger, Transactions transactions) implements PlainStatement {

        @Override
        public List<Optional<SpentPart>> together(List<PlainSpend> spends) throws SQLException {
            return transactions.onceAutocommitted(statement(spends));
        }

        @Override
        public Optional<SpentPart> alone(PlainSpend spend) throws SQLException {
            return transactions.runAutocommitted(statement(List.of(spend))).get(0);
        }

        private Transactions.Work<List<Optional<SpentPart>>> statement(List<PlainSpend> spends) {
            Instant now = ledger.clock().instant();
            boolean refreshes = ledger.refreshesByItself().getAsBoolean();
            return connection -> PlainSpendStore.spend(connection, spends, refreshes, now);
        }
    }
}
