package io.creditrefresh.api.control;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads who asks for a halt or its end, why, and under which key. */
@Singleton
class Asking {

    private final Caller caller;
    private final OptionalBody bodies;
    private final Writes writes;

    Asking(Caller caller, OptionalBody bodies, Writes writes) {
        this.caller = caller;
        this.bodies = bodies;
        this.writes = writes;
    }

    /**
     * What was asked for.
     *
     * @param request empty without a key
     */
    record Asked(Deed deed, Optional<WriteRequest> request) {}

    Asked of(String action, @Nullable String key, byte[] body) {
        NoteRequest read = bodies.read(body, NoteRequest.class, NoteRequest.EMPTY);
        if (read.note() != null && read.reason() != null) {
            throw ProblemCode.INVALID_REQUEST.problem("either note, or reason");
        }
        String note = Bodies.reason(read.note() == null ? read.reason() : read.note());
        Deed deed = new Deed(caller.actor(), caller.role(), action, note);
        return new Asked(deed, writes.optional(key, "POST /" + action, read));
    }
}
