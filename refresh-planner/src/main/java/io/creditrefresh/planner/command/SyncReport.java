package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.command.Refusal;
import io.creditrefresh.ledger.command.Syncs;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;

/** Prints what a sync does, user by user, and then the sum. */
final class SyncReport implements Syncs.Report {

    private static final Set<EntryType> GRANTS = Set.of(EntryType.SYNC, EntryType.UPGRADE, EntryType.REFRESH);

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean dryRun;
    private long accounts;
    private long credits;
    private long notSynced;

    SyncReport(CommandLine commandLine, boolean dryRun) {
        this.out = commandLine.getOut();
        this.err = commandLine.getErr();
        this.dryRun = dryRun;
    }

    @Override
    public void synced(String userId, List<Entry> entries) {
        Set<Long> granted = new HashSet<>();
        for (Entry entry : entries) {
            Long grant = entry.granted();
            if (GRANTS.contains(entry.type()) && grant != null && grant > 0) {
                granted.add(entry.accountId());
                credits += grant;
                out.printf(
                        "%s credits for %s: %d → %d (%s)%n",
                        dryRun ? "Would sync" : "Synced",
                        userId,
                        entry.balanceBefore(),
                        entry.balanceAfter(),
                        entry.kind().code());
            }
        }
        accounts += granted.size();
        if (granted.isEmpty()) {
            out.printf("%s %s with the provider, who says otherwise%n", dryRun ? "Would sync" : "Synced", userId);
        }
    }

    @Override
    public void refused(String userId, Refusal why) {
        notSynced++;
        err.printf("Not synced: %s: %s%n", userId, why.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void skipped(String why) {
        notSynced++;
        err.printf("Not synced: %s%n", why);
    }

    void sum() {
        out.println(String.format(
                Locale.ROOT,
                "%s %,d credits to %,d accounts%s",
                dryRun ? "Would grant" : "Granted",
                credits,
                accounts,
                dryRun ? "; nothing was written" : ""));
    }

    /** Accounts that were granted something. */
    long accounts() {
        return accounts;
    }

    boolean isComplete() {
        return notSynced == 0;
    }
}
