package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.control.Controls;
import io.creditrefresh.ledger.control.Halt;
import io.creditrefresh.ledger.control.Subject;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.store.AuditStore;
import io.creditrefresh.ledger.store.ControlStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stops refreshing or spending for all services, and lets it go on. */
public final class Halts {

    private final Deeds deeds;

    public Halts(LedgerAccess ledger) {
        this.deeds = new Deeds(ledger);
    }

    /** Stops it; what is stopped already gets the new note, and stays stopped by whom it is now. */
    public <T> Outcome<T> stop(
            Subject subject, Deed deed, Optional<WriteRequest> request, Keeping<T> answers, Function<Controls, T> make)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            Halt halt = new Halt(deed.reason(), deed.actor(), now.truncatedTo(ChronoUnit.SECONDS));
            Controls before = ControlStore.read(connection);
            ControlStore.stop(connection, subject, halt);
            return make.apply(noted(connection, before, subject, deed, now));
        });
    }

    /** Lets it go on; what goes on already does. */
    public <T> Outcome<T> start(
            Subject subject, Deed deed, Optional<WriteRequest> request, Keeping<T> answers, Function<Controls, T> make)
            throws SQLException {
        return deeds.once(request, answers, (connection, now) -> {
            Controls before = ControlStore.read(connection);
            ControlStore.start(connection, subject);
            return make.apply(noted(connection, before, subject, deed, now));
        });
    }

    private static Controls noted(Connection connection, Controls before, Subject subject, Deed deed, Instant now)
            throws SQLException {
        Controls after = ControlStore.read(connection);
        AuditStore.insert(connection, null, deed, audited(before, subject), audited(after, subject), now);
        return after;
    }

    private static Map<String, @Nullable Object> audited(Controls controls, Subject subject) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put(subject.code(), controls.isStopped(subject) ? "stopped" : "on");
        controls.halt(subject).ifPresent(halt -> {
            shown.put("note", halt.note());
            shown.put("by", halt.by());
            shown.put("since", halt.since().toString());
        });
        return shown;
    }
}
