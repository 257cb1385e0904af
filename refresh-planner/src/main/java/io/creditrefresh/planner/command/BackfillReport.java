package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.command.Backfill;
import io.creditrefresh.ledger.command.Backfill.LeftOut;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;

/** Prints the first accounts that a backfill opens, how far it is after each page, and then the sum. */
final class BackfillReport implements Backfill.Report {

    private static final int FIRST_ROWS = 10;

    private final PrintWriter out;
    private final PrintWriter err;
    private final String verb;
    private final boolean dryRun;
    private final int percentage;
    private final Map<LeftOut, Long> leftOut = new EnumMap<>(LeftOut.class);
    private long users;
    private long accounts;
    private long refreshed;
    private long failed;
    private long lastSubscriberId;

    BackfillReport(CommandLine commandLine, int percentage, boolean dryRun) {
        this.out = commandLine.getOut();
        this.err = commandLine.getErr();
        this.percentage = percentage;
        this.dryRun = dryRun;
        this.verb = dryRun ? "Would open" : "Opened";
    }

    @Override
    public void opened(String userId, List<Account> opened, long refreshedFirst) {
        users++;
        refreshed += refreshedFirst;
        for (Account account : opened) {
            if (accounts < FIRST_ROWS) {
                out.println(row(userId, account));
            }
            accounts++;
        }
    }

    private String row(String userId, Account account) {
        return "%s %s for %s: plan %s, allowance %d, period %s to %s, refresh_at %s"
                .formatted(
                        verb,
                        account.kind().code(),
                        userId,
                        account.entitlement().plan(),
                        account.balance().allowance(),
                        account.period().start(),
                        account.period().end(),
                        account.refreshAt() == null ? "none" : account.refreshAt());
    }

    @Override
    public void leftOut(LeftOut why) {
        leftOut.merge(why, 1L, Long::sum);
    }

    @Override
    public void failed(String userId, String why) {
        failed++;
        err.printf("Not opened: %s: %s%n", userId, why.replaceAll("\\s*\\R\\s*", " "));
    }

    @Override
    public void pageDone(long subscriberId) {
        lastSubscriberId = subscriberId;
        out.println("Up to subscriber " + subscriberId + ": " + soFar());
    }

    void sum() {
        out.println(String.format(
                Locale.ROOT,
                "%s %s; first refreshed: %,d due accounts; not opened: %,d users;"
                        + " left out: %,d anonymised, %,d without an account of credits, %,d beyond %d %%%s",
                verb,
                soFar(),
                refreshed,
                failed,
                count(LeftOut.ANONYMISED),
                count(LeftOut.WITHOUT_CREDITS),
                count(LeftOut.BEYOND_PERCENTAGE),
                percentage,
                dryRun ? "; nothing was written" : ""));
    }

    /** What has been opened up to now. */
    String soFar() {
        return String.format(Locale.ROOT, "%,d accounts for %,d users", accounts, users);
    }

    /** The subscriber up to whom all pages are done; 0 before the first one is. */
    long lastSubscriberId() {
        return lastSubscriberId;
    }

    boolean isComplete() {
        return failed == 0;
    }

    private long count(LeftOut why) {
        return leftOut.getOrDefault(why, 0L);
    }
}
