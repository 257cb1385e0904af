package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.EventOwnerStore;
import io.creditrefresh.ledger.store.SubscriberStore;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** What comes before what is kept of a subscriber is handed out: finding all that is theirs, and noting who has asked. */
public final class ExportPreparation {

    private final LedgerAccess ledger;
    private final Transactions transactions;

    public ExportPreparation(LedgerAccess ledger) {
        this.ledger = ledger;
        this.transactions = ledger.transactions();
    }

    /** The subscriber; empty if there is none, and nothing is noted. */
    public Optional<Subscriber> prepare(String userId, Deed deed) throws SQLException {
        return transactions.run(connection -> {
            Optional<Subscriber> found = SubscriberStore.find(connection, userId);
            if (found.isPresent()) {
                long id = found.get().id();
                EventOwnerStore.findNaming(connection, id, userId);
                AuditStore.insert(
                        connection, id, deed, Map.of(), Map.of(), ledger.clock().instant());
            }
            return found;
        });
    }
}
