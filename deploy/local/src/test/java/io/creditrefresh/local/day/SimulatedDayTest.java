package io.creditrefresh.local.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedDayTest {

    @TempDir
    private Path directory;

    @Test
    void goesOnAsItWasWrittenDown() {
        var file = directory.resolve("day.json");
        var day = new SimulatedDay(
                LocalDate.parse("2026-11-19"), 10_000, Instant.parse("2026-11-20T10:11:12.123456789Z"), 1_440);

        day.write(file);

        assertThat(SimulatedDay.read(file)).contains(day);
        assertThat(day.start()).isEqualTo("2026-11-19T00:00:00Z");
        assertThat(day.end()).isEqualTo("2026-11-20T00:00:00Z");
    }

    @Test
    void isNotThereBeforeItBegan() {
        var day = SimulatedDay.read(directory.resolve("day.json"));

        assertThat(day).isEmpty();
    }
}
