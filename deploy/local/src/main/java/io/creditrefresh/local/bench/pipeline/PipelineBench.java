package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.OneLineErrors;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.AllFigures;
import io.creditrefresh.local.bench.BenchSize;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.bench.Figures;
import io.creditrefresh.local.bench.Measurement;
import io.creditrefresh.local.bench.machine.Machine;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The refresh of many accounts. */
@Command(
        name = "pipeline",
        sortOptions = false,
        description = {
            "Refreshes many accounts by planner, Kafka and workers, beside one plain SQL statement and db-scheduler.",
            "Needs Linux and a JDK. The exit status is 1 when a ledger or a result is wrong."
        })
public final class PipelineBench implements Callable<Integer>, Measurement {

    private final Screen screen = Screen.ofProcess();

    @Mixin
    private BenchSize size;

    /** Of the size that the command line names. */
    public PipelineBench() {
        this(new BenchSize());
    }

    /** Of a size. */
    public PipelineBench(BenchSize size) {
        this.size = size;
    }

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        var problem = size.problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return OneLineErrors.BAD_USAGE;
        }
        return new AllFigures(screen).take(List.of(this));
    }

    @Override
    public boolean take(Figures figures) throws SQLException, IOException, InterruptedException {
        try (var bench = BenchStack.start()) {
            try (var connection = bench.stack().connect(PostgresServer.SUPERUSER)) {
                screen.line("  " + Machine.describe(connection));
            }
            var run = new PipelineRun(bench, size, screen);
            var report = run.run();
            report.lines().forEach(line -> screen.line("  " + line));
            report.addTo(figures);
            run.problems().forEach(problem -> screen.line("  WRONG " + problem));
            return run.problems().isEmpty();
        }
    }
}
