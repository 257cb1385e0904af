package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import java.util.Optional;

/**
 * One command about one subscriber, but for what it decides.
 *
 * @param deed what the audit notes; empty if nobody used a privilege
 * @param request empty if a repetition is a command of its own
 * @param dryRun whether only to tell what would be written
 */
public record Command(String userId, Cause cause, Optional<Deed> deed, Optional<WriteRequest> request, boolean dryRun) {

    /** One that nobody's privileges are used for and that may be repeated. */
    public static Command of(String userId, Cause cause) {
        return new Command(userId, cause, Optional.empty(), Optional.empty(), false);
    }

    public Command noting(Deed what) {
        return new Command(userId, cause, Optional.of(what), request, dryRun);
    }

    public Command onceAs(Optional<WriteRequest> once) {
        return new Command(userId, cause, deed, once, dryRun);
    }

    public Command dryRun(boolean only) {
        return new Command(userId, cause, deed, request, only);
    }
}
