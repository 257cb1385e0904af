package io.creditrefresh.local.bench.http;

import io.creditrefresh.embedded.PostgresServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Postgres' own benchmark, in a database of its own on the server that is measured. */
final class PgBench {

    private static final String DATABASE = "pgbench";
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) ");

    private final Tool tool;
    private final PostgresServer server;
    private final int clients;

    PgBench(Tool tool, PostgresServer server, int clients) {
        this.tool = tool;
        this.server = server;
        this.clients = clients;
    }

    /** Makes its tables. */
    void initialise(int scale) throws SQLException {
        server.createDatabase(DATABASE);
        run("--initialize", "--quiet", "--scale=" + scale);
    }

    /** Runs its standard transaction for so long; transactions per second, without the time it takes to connect. */
    double perSecond(int seconds) {
        return perSecond(run(
                "--builtin=tpcb-like", "--protocol=simple", "--client=" + clients, "--jobs=1", "--time=" + seconds));
    }

    static double perSecond(List<String> output) {
        return output.stream()
                .map(RATE::matcher)
                .filter(Matcher::lookingAt)
                .mapToDouble(rate -> Double.parseDouble(rate.group(1)))
                .findFirst()
                .orElseThrow(() -> new NotMeasuredException("pgbench says: " + String.join(" ", output)));
    }

    private List<String> run(String... options) {
        var arguments = new ArrayList<>(
                List.of("--host=localhost", "--port=" + server.port(), "--username=" + PostgresServer.SUPERUSER));
        arguments.addAll(List.of(options));
        arguments.add(DATABASE);
        return tool.run(arguments);
    }
}
