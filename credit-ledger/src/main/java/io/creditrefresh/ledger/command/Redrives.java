package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.FailurePageStore;
import io.creditrefresh.ledger.store.FailurePageStore.Filter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has failed accounts tried again, by the planner's next tick. Twice is once: a repeated job burns no attempt. */
public final class Redrives {

    private final Deeds deeds;

    public Redrives(LedgerAccess ledger) {
        this.deeds = new Deeds(ledger);
    }

    /** One account; refused if nothing of its present period has failed. */
    public Outcome<Integer> one(long accountId, Deed deed, Optional<WriteRequest> request, Keeping<Integer> answers)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            if (!FailurePageStore.redrive(connection, accountId, now)) {
                throw Refusal.NOTHING_FAILED.exception();
            }
            AuditStore.insert(connection, null, deed, Map.of(), Map.of("account", accountId), now);
            return 1;
        });
    }

    /** All that a filter finds; how many. */
    public Outcome<Integer> all(Filter filter, Deed deed, Optional<WriteRequest> request, Keeping<Integer> answers)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            int redriven = FailurePageStore.redrive(connection, filter, now);
            Map<String, @Nullable Object> after = new LinkedHashMap<>();
            after.put("state", filter.state());
            after.put("category", filter.category());
            after.put("error", filter.error());
            after.put("redriven", redriven);
            AuditStore.insert(connection, null, deed, Map.of(), after, now);
            return redriven;
        });
    }
}
