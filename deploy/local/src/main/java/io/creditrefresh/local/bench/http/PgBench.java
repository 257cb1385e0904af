package io.creditrefresh.local.bench.http;

import io.creditrefresh.embedded.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Postgres' own benchmark, in a database of its own. */
final class PgBench {

    private static final String DATABASE = "pgbench";
    private static final String RESULT = "tps = ";

    private final Tool tool;
    private final PostgresServer server;

    PgBench(Path folder, PostgresServer server) {
        this.tool = Tool.find("pgbench", folder, List.of("postgresql-15", "libpq5"));
        this.server = server;
    }

    String version() {
        return String.join(" ", tool.run(List.of("--version")));
    }

    /** Makes its tables. */
    void initialise(int scale) throws SQLException {
        server.createDatabase(DATABASE);
        tool.run(arguments("--initialize", "--quiet", "--scale", Integer.toString(scale)));
    }

    /** Runs its standard transaction; transactions per second, without the time to connect. */
    double run(int clients, int seconds) {
        return tps(tool.run(arguments(
                "--builtin=tpcb-like",
                "--protocol=simple",
                "--client=" + clients,
                "--jobs=1",
                "--time=" + seconds)));
    }

    static double tps(List<String> output) {
        return output.stream()
                .filter(line -> line.startsWith(RESULT))
                .map(line -> line.substring(RESULT.length()).split(" ")[0])
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("pgbench says: " + String.join(" ", output)));
    }

    private List<String> arguments(String... more) {
        var arguments = new ArrayList<>(List.of(
                "--host=localhost", "--port=" + server.port(), "--username=" + PostgresServer.SUPERUSER));
        arguments.addAll(List.of(more));
        arguments.add(DATABASE);
        return arguments;
    }
}
