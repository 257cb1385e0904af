package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.AnonymousId;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.plan.CreditKind;
import java.util.Optional;
import java.util.Set;

/**
 * One command about one subscriber, but for what it decides.
 *
 * @param deed what the audit notes; empty if nobody used a privilege
 * @param request empty if a repetition is a command of its own
 * @param dryRun whether only to tell what would be written
 * @param endsTheUser whether there is no user of this id afterwards: its answer is kept for whoever asks again then
 * @param kinds whose accounts are opened first if they are not there, once the rollout of Credits v2 has begun
 */
public record Command(
        String userId,
        Cause cause,
        Optional<Deed> deed,
        Optional<WriteRequest> request,
        boolean dryRun,
        boolean endsTheUser,
        Set<CreditKind> kinds) {

    public Command {
        kinds = Set.copyOf(kinds);
    }

    /** One that nobody's privileges are used for and that may be repeated. */
    public static Command of(String userId, Cause cause) {
        return new Command(userId, cause, Optional.empty(), Optional.empty(), false, false, Set.of());
    }

    public Command noting(Deed what) {
        return new Command(userId, cause, Optional.of(what), request, dryRun, endsTheUser, kinds);
    }

    public Command onceAs(Optional<WriteRequest> once) {
        return new Command(userId, cause, deed, once, dryRun, endsTheUser, kinds);
    }

    public Command dryRun(boolean only) {
        return new Command(userId, cause, deed, request, only, endsTheUser, kinds);
    }

    /** One that needs accounts of these kinds. */
    Command needing(Set<CreditKind> needed) {
        return new Command(userId, cause, deed, request, dryRun, endsTheUser, needed);
    }

    Command endingTheUser() {
        return new Command(userId, cause, deed, request, dryRun, true, kinds);
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
