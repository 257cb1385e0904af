package io.creditrefresh.local.day;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.local.stack.DayClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The UTC day that a run goes through, written down so that a later start goes on with it.
 *
 * @param due accounts whose period ended before the end of the day, when the day began
 * @param startedAt real instant at which the day began
 * @param speed simulated seconds per real second
 */
public record SimulatedDay(LocalDate date, long due, Instant startedAt, double speed) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a day that an earlier run began; empty when none did. */
    public static Optional<SimulatedDay> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var tree = JSON.readTree(file.toFile());
            return Optional.of(new SimulatedDay(
                    LocalDate.parse(tree.required("date").asText()),
                    tree.required("due").asLong(),
                    Instant.parse(tree.required("startedAt").asText()),
                    tree.required("speed").asDouble()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(Path file) {
        var tree = JSON.createObjectNode()
                .put("date", date.toString())
                .put("due", due)
                .put("startedAt", startedAt.toString())
                .put("speed", speed);
        try {
            JSON.writeValue(file.toFile(), tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Instant start() {
        return startOf(date);
    }

    /** The first instant of the next day. */
    public Instant end() {
        return endOf(date);
    }

    public DayClock clock() {
        return DayClock.dayFrom(start(), startedAt, speed);
    }

    public static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public static Instant endOf(LocalDate date) {
        return startOf(date.plusDays(1));
    }
}
