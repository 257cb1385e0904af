package io.creditrefresh.api.write;

import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.movement.Entry;
import org.jboss.logging.Logger;

/** Says what a command has done, in the words that operators look for. */
public final class MovementLog {

    private static final Logger LOG = Logger.getLogger(MovementLog.class);

    private MovementLog() {}

    /** Logs the entries of a command that has been committed. */
    public static void log(Result result) {
        result.entries().forEach(entry -> log(entry, result.after().userId()));
    }

    private static void log(Entry entry, String userId) {
        switch (entry.type()) {
            case REFRESH -> LOG.debugf("Successfully refreshed %d credits for user %s", entry.granted(), userId);
            case UPGRADE -> {
                LOG.infof(
                        "UPGRADE: %s → %s (user %s)",
                        entry.details().get("planBefore"), entry.details().get("plan"), userId);
                LOG.infof(
                        "Available: %d + New: %d = Total: %d",
                        entry.balanceBefore(), entry.granted(), entry.balanceAfter());
            }
            case RESET -> LOG.infof("Credits reset for %s", userId);
            case SYNC ->
                LOG.infof("Synced credits for %s: %d → %d", userId, entry.balanceBefore(), entry.balanceAfter());
            case PROVISION,
                    IMPORT,
                    MANUAL_REFRESH,
                    DOWNGRADE,
                    PURCHASE,
                    CONSUME,
                    REFUND,
                    MIRROR,
                    ADJUST,
                    RESTORE,
                    SETTINGS -> LOG.debugf("%s %d for user %s", entry.type(), entry.amount(), userId);
        }
    }
}
