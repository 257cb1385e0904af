package io.creditrefresh.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DayClockTest {

    private static final Instant ORIGIN = Instant.parse("2026-11-19T00:00:00Z");
    private static final Instant STARTED_AT = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void takesADayInAMinuteAndThenGoesOnAtNormalSpeed() {
        var clock = DayClock.dayFrom(ORIGIN, STARTED_AT, 1_440);

        var afterHalfAMinute = clock.on(() -> STARTED_AT.plusSeconds(30)).instant();
        var afterTwoMinutes = clock.on(() -> STARTED_AT.plusSeconds(120)).instant();

        assertThat(afterHalfAMinute).isEqualTo("2026-11-19T12:00:00Z");
        assertThat(afterTwoMinutes).isEqualTo("2026-11-20T00:01:00Z");
    }

    @Test
    void standsStillWhileUsersAreImported() {
        var clock = DayClock.standingAt(ORIGIN);

        var later = clock.on(() -> STARTED_AT.plusSeconds(86_400)).instant();

        assertThat(later).isEqualTo(ORIGIN);
    }

    @Test
    void givesAProcessItsValuesAsEnvironment() {
        var environment = DayClock.dayFrom(ORIGIN, STARTED_AT, 1_440).environment();

        assertThat(environment)
                .isEqualTo(Map.of(
                        "CREDITS_CLOCK_STARTED_AT", "2026-11-20T10:00:00Z",
                        "CREDITS_CLOCK_ORIGIN", "2026-11-19T00:00:00Z",
                        "CREDITS_CLOCK_SPEED", "1440.0",
                        "CREDITS_CLOCK_UNTIL", "2026-11-20T00:00:00Z"));
    }
}
