package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.BenchAccounts;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.stack.LocalStack;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The refresh of many accounts. */
@Command(name = "pipeline", sortOptions = false, description = "Refreshes many accounts.")
public final class PipelineBench implements Callable<Integer> {

    @Option(names = "--accounts", defaultValue = "1000000")
    private int accounts;

    @Option(names = "--rounds", defaultValue = "3")
    private int rounds;

    private final Screen screen = Screen.ofProcess();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        try (var bench = BenchStack.start()) {
            var stack = bench.stack();
            var templates = new Templates(stack);
            var day = LocalDate.now(ZoneOffset.UTC).minusDays(3);
            var scene = new Scene("bench_due", accounts, Math.min(100_000, accounts / 2), day);
            var started = System.nanoTime();
            templates.make(
                    scene.template(),
                    connection -> BenchAccounts.createDue(connection, scene.due(), scene.warmUp(), day));
            screen.done("accounts", Duration.ofNanos(System.nanoTime() - started));
            for (int i = 0; i < rounds; i++) {
                templates.restore(scene.template());
                print("plain", new PlainRounds(stack).take(scene));
                check(stack);
                for (int workers = 1; workers <= 2; workers++) {
                    templates.restore(scene.template());
                    print("pipeline " + workers, new PipelineRounds(bench).take(scene, workers));
                    check(stack);
                }
            }
            return 0;
        }
    }

    private void check(LocalStack stack) throws SQLException {
        var started = System.nanoTime();
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            screen.line(Fingerprint.take(connection).toString());
            LedgerAudit.findings(connection).forEach(finding -> screen.line(finding.toString()));
        }
        screen.done("checked", Duration.ofNanos(System.nanoTime() - started));
    }

    private void print(String what, Round round) {
        screen.line("%s: %.0f/s %.1f us, wal %.0f, rows %.4f, hot %.3f".formatted(what, round.perSecond(), round.micros(), round.walBytes(), round.rows(), round.hot()));
        round.cpu().forEach((part, time) -> screen.line("   %s %.1f".formatted(part, round.micros(time))));
        round.memory().forEach((part, use) -> screen.line("   %s %s".formatted(part, use)));
    }
}
