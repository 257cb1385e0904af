package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.AnonymousId;
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
 * @param endsTheUser whether there is no user of this id afterwards: its answer is kept for whoever asks again then
 */
public record Command(
        String userId,
        Cause cause,
        Optional<Deed> deed,
        Optional<WriteRequest> request,
        boolean dryRun,
        boolean endsTheUser) {

    /** One that nobody's privileges are used for and that may be repeated. */
    public static Command of(String userId, Cause cause) {
        return new Command(userId, cause, Optional.empty(), Optional.empty(), false, false);
    }

    public Command noting(Deed what) {
        return new Command(userId, cause, Optional.of(what), request, dryRun, endsTheUser);
    }

    public Command onceAs(Optional<WriteRequest> once) {
        return new Command(userId, cause, deed, once, dryRun, endsTheUser);
    }

    public Command dryRun(boolean only) {
        return new Command(userId, cause, deed, request, only, endsTheUser);
    }

    Command endingTheUser() {
        return new Command(userId, cause, deed, request, dryRun, true);
    }

    /** Refuses what would change an anonymised user, as there is nothing that may. */
    void checkUser() {
        checkUser(userId);
    }

    static void checkUser(String userId) {
        if (AnonymousId.is(userId)) {
            throw Refusal.ANONYMISED.exception();
        }
    }
}
