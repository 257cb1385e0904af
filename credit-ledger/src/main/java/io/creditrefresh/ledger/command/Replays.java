package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.InboxStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has billing events processed once more. What they have done already is not done again. */
public final class Replays {

    private static final int PAGE = 10_000;

    private final Deeds deeds;

    public Replays(LedgerAccess ledger) {
        this.deeds = new Deeds(ledger);
    }

    /** One event, whatever became of it; refused if there is none. */
    public Outcome<Integer> one(long id, Deed deed, Optional<WriteRequest> request, Keeping<Integer> answers)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            if (!InboxStore.replay(connection, id, now)) {
                throw Refusal.NO_SUCH_EVENT.exception();
            }
            AuditStore.insert(connection, null, deed, Map.of(), Map.of("event", id), now);
            return 1;
        });
    }

    /**
     * All that were received since an instant; how many.
     *
     * @param states that they are in now
     */
    public Outcome<Integer> since(
            Instant since, List<String> states, Deed deed, Optional<WriteRequest> request, Keeping<Integer> answers)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            Map<String, Object> what = Map.of("since", since.toString(), "states", states);
            AuditStore.insert(connection, null, deed, Map.of(), what, now);
            int replayed = 0;
            long last = 0;
            List<Long> page;
            do {
                page = InboxStore.replaySince(connection, since, states, last, PAGE, now);
                replayed += page.size();
                last = page.stream().mapToLong(id -> id).max().orElse(last);
            } while (page.size() == PAGE);
            return replayed;
        });
    }
}
