package io.creditrefresh.local.day;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private final ProgressLine line = new ProgressLine(
            new SimulatedDay(LocalDate.parse("2026-11-19"), 10_000, Instant.parse("2026-11-20T10:00:00Z"), 1_440));

    @Test
    void showsTheTimeOfDayAndTheFigures() {
        var progress = new Progress(Instant.parse("2026-11-19T12:34:56Z"), 5_231, 5_102, 200, 1, 129);

        var text = line.text(progress, 166.4);

        assertThat(text)
                .isEqualTo(
                        "12:34 [##########..........] emitted 5,231  refreshed 5,102  held 200  failed 1  166/s  lag 129");
    }

    @Test
    void staysFullWhenTheDayIsOver() {
        var progress = new Progress(Instant.parse("2026-11-20T00:00:07Z"), 1, 1, 0, 0, 0);

        var text = line.text(progress, 0);

        assertThat(text).startsWith("24:00 [####################] ");
    }
}
