package io.creditrefresh.local;

import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run is asked to do. */
final class RunOptions {

    private static final int USERS_MAX = 10_000_000;
    private static final double SPEED_MAX = 100_000;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Users of the sample file, 1 to 10000000. Default: ${DEFAULT-VALUE}.")
    private int users;

    @Option(
            names = "--import",
            paramLabel = "FILE",
            description = "Import this CSV file of the old user table in place of a sample file.")
    private @Nullable Path importFile;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "1440",
            description = "Simulated seconds per real second during the simulated day; 1 is real time,"
                    + " at 1440 the day takes a minute. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "2",
            description = "Workers, 1 to " + LocalStack.PARTITIONS + ". Default: ${DEFAULT-VALUE}.")
    private int workers;

    @Option(
            names = "--keep",
            description = "Keep data and clock at the end, and go on with them if an earlier run kept them.")
    private boolean keep;

    @Option(
            names = "--exit",
            description = "Stop after the audit; the exit status says whether everything added up,"
                    + " the last line is the result as JSON.")
    private boolean exit;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "18080",
            description = "API on this port, planner +1, Postgres +2, Kafka +3 and +4, workers from +10;"
                    + " health and metrics of API +30, planner +31, workers from +40. Default: ${DEFAULT-VALUE}.")
    private int portBase;

    @Option(names = "--status", description = "Show the run that is up, as JSON; exit status 1 when none is.")
    private boolean status;

    @Option(names = "--stop", description = "Stop the run that is up, and what a killed one left behind.")
    private boolean stop;

    @Option(
            names = "--token",
            paramLabel = "ROLE",
            description = "Print a token for the run that is up, good for 12 hours, and nothing else: admin, support,"
                    + " service, or user:USER_ID.")
    private @Nullable String token;

    @Option(
            names = "--sign",
            paramLabel = "FILE",
            description = "Print the header that signs a billing event for the run that is up, and nothing else.")
    private @Nullable Path signed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;

    int users() {
        return users;
    }

    Optional<Path> importFile() {
        return Optional.ofNullable(importFile).map(Path::toAbsolutePath);
    }

    double speed() {
        return speed;
    }

    int workers() {
        return workers;
    }

    boolean keep() {
        return keep;
    }

    boolean exit() {
        return exit;
    }

    Ports ports() {
        return new Ports(portBase);
    }

    boolean status() {
        return status;
    }

    boolean stop() {
        return stop;
    }

    /** Whom to print a token for; not checked. */
    Optional<String> token() {
        return Optional.ofNullable(token);
    }

    /** What to sign; not checked. */
    Optional<Path> signed() {
        return Optional.ofNullable(signed);
    }

    /** The first value that is out of its range, with what is allowed; empty when all are fine. */
    Optional<String> problem() {
        if (users < 1 || users > USERS_MAX) {
            return Optional.of("--users is 1 to %d: %d".formatted(USERS_MAX, users));
        }
        if (!(speed > 0 && speed <= SPEED_MAX)) {
            return Optional.of("--speed is more than 0, at most %.0f: %s".formatted(SPEED_MAX, speed));
        }
        if (workers < 1 || workers > LocalStack.PARTITIONS) {
            return Optional.of("--workers is 1 to %d, the number of the topic's partitions: %d"
                    .formatted(LocalStack.PARTITIONS, workers));
        }
        if (portBase < Ports.BASE_MIN || portBase > Ports.BASE_MAX) {
            return Optional.of("--port-base is %d to %d: %d".formatted(Ports.BASE_MIN, Ports.BASE_MAX, portBase));
        }
        if (Stream.of(status, stop, token != null, signed != null)
                        .filter(wanted -> wanted)
                        .count()
                > 1) {
            return Optional.of("--status, --stop, --token and --sign cannot go together");
        }
        return importFile()
                .filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
                .map(file -> "--import cannot read " + file);
    }
}
