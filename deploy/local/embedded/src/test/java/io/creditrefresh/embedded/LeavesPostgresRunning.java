package io.creditrefresh.embedded;

import java.nio.file.Path;

/** A JVM that starts Postgres and then ends as if it were killed. */
final class LeavesPostgresRunning {

    private LeavesPostgresRunning() {}

    public static void main(String[] arguments) {
        var server = PostgresServer.persistent(Path.of(arguments[0]), 0);
        server.start();
        Runtime.getRuntime().halt(137);
    }
}
