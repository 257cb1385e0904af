package io.creditrefresh.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Postgres server process of a data directory, found by its {@code postmaster.pid}. A process that has got the same
 * id since is told apart by its start and is never touched.
 */
final class Postmaster {

    private static final Duration START_TOLERANCE = Duration.ofSeconds(5);

    private final ProcessHandle process;

    private Postmaster(ProcessHandle process) {
        this.process = process;
    }

    static Optional<Postmaster> of(Path dataDirectory) {
        try {
            var lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
            if (lines.size() < 3) {
                return Optional.empty();
            }
            var started = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .filter(process -> startedAt(process, started))
                    .map(Postmaster::new);
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Ends all sessions, writes a checkpoint and stops; after 30 s as {@link #crash}. */
    void stop() {
        signal("INT");
        if (!endsWithin(Duration.ofSeconds(30))) {
            crash();
        }
    }

    /** Stops at once and without a checkpoint: the next start recovers from the write-ahead log. */
    void crash() {
        signal("QUIT");
        if (!endsWithin(Duration.ofSeconds(10))) {
            process.destroyForcibly();
            endsWithin(Duration.ofSeconds(10));
        }
    }

    /** Java's own SIGTERM would let Postgres wait for its clients to leave. */
    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean endsWithin(Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static boolean startedAt(ProcessHandle process, Instant started) {
        return process.info()
                .startInstant()
                .map(start -> Duration.between(start, started).abs().compareTo(START_TOLERANCE) <= 0)
                .orElse(false);
    }
}
