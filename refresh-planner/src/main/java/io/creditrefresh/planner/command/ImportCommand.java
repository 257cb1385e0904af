package io.creditrefresh.planner.command;

import io.creditrefresh.planner.csv.UserFile;
import io.creditrefresh.planner.csv.WrongHeaderException;
import io.creditrefresh.planner.imports.BadRows;
import io.creditrefresh.planner.imports.ImportCounts;
import io.creditrefresh.planner.imports.Preview;
import io.creditrefresh.planner.imports.UserImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes over the users of the old user table. */
@Command(
        name = "import",
        description = {
            "Takes over the users of a CSV file with the columns userId, email, tier, creditBalance,"
                    + " lastCreditRefresh, creditRefreshHold, creditRefreshDay and customCreditAmount.",
            "Balances stay as they are. Users who are subscribers already are left as they are, so an import that"
                    + " was interrupted goes on when it is started again.",
            "Connects as credit_operator unless QUARKUS_DATASOURCE_USERNAME names another role."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every row is in, or was before",
            "1:some rows are bad and were reported; the others are in",
            "2:the command, the file, its header or the database is not as it must be; what is in stays in"
        })
final class ImportCommand implements Callable<Integer> {

    private static final String ROLE = "credit_operator";
    private static final int SOME_ROWS_ARE_BAD = 1;
    private static final long ROWS_BETWEEN_REPORTS = 100_000;

    /** A chunk takes a fraction of a second; one that waits longer is stuck behind somebody, and better given up. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(60);

    private final Supplier<OperatorSettings> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE.csv", description = "The file, UTF-8, with a header.")
    @SuppressWarnings("NullAway.Init")
    private Path path;

    @Option(names = "--dry-run", description = "Check everything, print what would be taken over and write nothing.")
    private boolean dryRun;

    ImportCommand(Supplier<OperatorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws InterruptedException {
        OperatorSettings operator = settings.get();
        try (UserFile file = new UserFile(Files.newInputStream(path))) {
            return importInto(new OperatorDatabase(operator, "import", ROLE), file, operator.clock());
        } catch (WrongHeaderException e) {
            throw new CommandFailedException(path + ": " + e.getMessage());
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(path + ": there is no such file");
        } catch (AccessDeniedException e) {
            throw new CommandFailedException(path + ": may not be read by this user");
        } catch (IOException e) {
            throw new CommandFailedException(path + ": cannot be read: " + e.getMessage());
        }
    }

    private int importInto(OperatorDatabase database, UserFile file, InstantSource clock) throws InterruptedException {
        database.limit(LOCK_TIMEOUT, STATEMENT_TIMEOUT);
        database.check();
        long startedNanos = System.nanoTime();
        Preview preview = new Preview();
        ImportCounts counts;
        try (UserImport users = begin(database, file, clock, preview)) {
            counts = runToTheEnd(users, database);
        } catch (SQLException e) {
            throw new CommandFailedException("cannot import into " + database + ": " + database.reason(e));
        }
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        PrintWriter out = spec.commandLine().getOut();
        preview.lines().forEach(out::println);
        out.println(summary(counts, seconds));
        return counts.bad() == 0 ? ExitCode.OK : SOME_ROWS_ARE_BAD;
    }

    private UserImport begin(OperatorDatabase database, UserFile file, InstantSource clock, Preview preview)
            throws SQLException {
        PrintWriter err = spec.commandLine().getErr();
        BadRows badRows = (line, bad) -> err.println(path + ":" + line + ": " + bad.column() + ": " + bad.reason());
        return dryRun
                ? UserImport.beginDryRun(file, clock, badRows, database.source(), preview)
                : UserImport.begin(file, clock, badRows, database.source());
    }

    private ImportCounts runToTheEnd(UserImport users, OperatorDatabase database) throws InterruptedException {
        long reportAtRows = ROWS_BETWEEN_REPORTS;
        try {
            while (users.runOnce()) {
                if (users.counts().rows() >= reportAtRows) {
                    spec.commandLine().getOut().println(rows(users.counts().rows(), "row") + " done");
                    reportAtRows += ROWS_BETWEEN_REPORTS;
                }
            }
            return users.counts();
        } catch (SQLException e) {
            throw stopped(users, database.reason(e) + " (" + database + ")");
        } catch (IOException e) {
            throw stopped(users, "the file cannot be read further: " + e.getMessage());
        }
    }

    private CommandFailedException stopped(UserImport users, String reason) {
        String where = users.linesDone() == 0 ? "before its first row" : "after line " + users.linesDone();
        String advice =
                dryRun ? "Nothing was written." : "What is in stays in; the same command again goes on from here.";
        return new CommandFailedException("%s: stopped %s, %s so far: %s. %s"
                .formatted(path, where, rows(users.counts().imported(), "user"), reason, advice));
    }

    private String summary(ImportCounts counts, double seconds) {
        return String.format(
                Locale.ROOT,
                "%s %s (%,d already imported, %s) in %.1f s%s",
                dryRun ? "Would import" : "Imported",
                rows(counts.imported(), "user"),
                counts.already(),
                rows(counts.bad(), "bad row"),
                seconds,
                dryRun ? "; nothing was written" : "");
    }

    private static String rows(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }
}
