package io.creditrefresh.local.day;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.audit.LedgerAudit.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the accounts that were due on a day, counted from the ledger and not from what was seen on the way.
 *
 * @param due accounts whose period ended before the end of the day
 * @param refreshed those of them that were refreshed on the run of this day
 * @param held those of them off the schedule
 * @param failed those of them whose refresh failed
 * @param nextDay those of them whose slot comes on the next day
 * @param unaccounted accounts of this day's run with neither a refresh nor a failure
 * @param refreshEntries refreshes in the ledger; more than {@code refreshed} if an account was refreshed twice
 * @param inBatches refreshes that the workers say they did
 * @param took real time from the start of the day until nothing was open
 */
public record DayResult(
        long due,
        long refreshed,
        long held,
        long failed,
        long nextDay,
        long unaccounted,
        long refreshEntries,
        long inBatches,
        List<Finding> findings,
        Duration took) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Counts, and re-adds the whole ledger. */
    public static DayResult of(SimulatedDay day, Duration took, Connection connection) throws SQLException {
        var queries = new DayQueries(connection);
        return new DayResult(
                day.due(),
                queries.refreshedAccounts(day.date()),
                queries.held(day.end()),
                queries.failed(day.end()),
                queries.nextDay(day.end()),
                queries.open(day.end()),
                queries.refreshEntries(day.date()),
                queries.inBatches(day.date()),
                LedgerAudit.findings(connection),
                took);
    }

    /** The figures for a reader. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "due %,d = refreshed %,d + held %,d + failed %,d%s, in %.1f s",
                due,
                refreshed,
                held,
                failed,
                nextDay == 0 ? "" : String.format(Locale.ROOT, " + %,d whose slot is on the next day", nextDay),
                took.toMillis() / 1000.0));
        lines.add(
                findings.isEmpty()
                        ? "audit: every balance is the sum of its entries, nothing found"
                        : "audit: %,d findings".formatted(findings.size()));
        return lines;
    }

    /** What does not add up, one sentence each; empty when the day went as it should. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (refreshed + held + failed + nextDay != due) {
            problems.add("refreshed %,d + held %,d + failed %,d + on the next day %,d are not the %,d that were due"
                    .formatted(refreshed, held, failed, nextDay, due));
        }
        if (unaccounted != 0) {
            problems.add("%,d accounts have neither a refresh nor a failure".formatted(unaccounted));
        }
        if (refreshEntries != refreshed) {
            problems.add("%,d accounts have %,d refreshes in the ledger".formatted(refreshed, refreshEntries));
        }
        if (inBatches != refreshEntries) {
            problems.add("the batches count %,d refreshes, the ledger has %,d".formatted(inBatches, refreshEntries));
        }
        findings.forEach(finding -> problems.add("audit: " + finding));
        return problems;
    }

    /** The result as one JSON object on one line. */
    public String json() {
        return JSON.createObjectNode()
                .put("due", due)
                .put("refreshed", refreshed)
                .put("held", held)
                .put("failed", failed)
                .put("unaccounted", unaccounted)
                .put("auditFindings", findings.size())
                .put("seconds", Math.round(took.toMillis() / 100.0) / 10.0)
                .toString();
    }
}
