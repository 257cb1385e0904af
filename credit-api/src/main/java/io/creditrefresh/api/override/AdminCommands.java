package io.creditrefresh.api.override;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Makes the commands of admins: each with who, why, and what the audit notes. */
@Singleton
public class AdminCommands {

    /** The header's name. */
    public static final String KEY = Writes.KEY;

    private final Caller caller;
    private final Writes writes;

    AdminCommands(Caller caller, Writes writes) {
        this.caller = caller;
        this.writes = writes;
    }

    /** The beginning of a command. */
    public Draft about(String userId, String action) {
        return new Draft(this, userId, action, null, false);
    }

    /**
     * A command that is not complete.
     *
     * @param action as the audit names it
     */
    public record Draft(
            AdminCommands commands,
            String userId,
            String action,
            @Nullable String reason,
            boolean isDryRun) {

        public Draft because(@Nullable String why) {
            return new Draft(commands, userId, action, Bodies.reason(why), isDryRun);
        }

        public Draft dryRun(@Nullable Boolean only) {
            return new Draft(commands, userId, action, reason, Boolean.TRUE.equals(only));
        }

        /** The command; under a key, it has its effect once. */
        public Command once(@Nullable String key, Object body) {
            String actor = commands.caller.actor();
            return Command.of(userId, new Cause(actor, reason))
                    .noting(new Deed(actor, commands.caller.role(), action, reason))
                    .onceAs(commands.writes.optional(key, "POST /" + action + " " + userId, body))
                    .dryRun(isDryRun);
        }
    }
}
