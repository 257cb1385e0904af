package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a measurement runs on. */
public final class Machine {

    private static final Path LOAD = Path.of("/proc/loadavg");

    private static final String POSTGRES_VERSION = """
            SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit')
            """;

    private Machine() {}

    /** One line for people. */
    public static String describe(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(POSTGRES_VERSION);
                var row = select.executeQuery()) {
            row.next();
            return "%d cores, JDK %s, Postgres %s (fsync %s, synchronous_commit %s), Kafka %s"
                    .formatted(
                            Runtime.getRuntime().availableProcessors(),
                            System.getProperty("java.version"),
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            AppInfoParser.getVersion());
        }
    }

    /** Processes that have wanted a core in the last minute, on average. */
    public static double load() throws IOException {
        return parseLoad(Files.readString(LOAD));
    }

    static double parseLoad(String line) {
        return Double.parseDouble(line.substring(0, line.indexOf(' ')));
    }
}
