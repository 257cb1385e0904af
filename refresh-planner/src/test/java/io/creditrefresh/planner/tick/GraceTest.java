package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.settings.ClockSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraceTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final ClockSettings REAL = new Settings(Optional.empty(), Optional.empty(), 1, Optional.empty());

    private record Settings(
            Optional<Instant> origin, Optional<Instant> startedAt, double speed, Optional<Instant> until)
            implements ClockSettings {}

    /** A day in a minute, begun at midnight. */
    private static ClockSettings fastUntil(Optional<Instant> until) {
        return new Settings(Optional.of(NOON.minusSeconds(43_200)), Optional.of(NOON), 1_440, until);
    }

    @Test
    void isTheConfiguredTimeOfAClockAtNormalSpeed() {
        Grace grace = new Grace(TEN_MINUTES, REAL);

        assertThat(grace.isOver(NOON, NOON.plusSeconds(599))).isFalse();
        assertThat(grace.isOver(NOON, NOON.plusSeconds(600))).isTrue();
        assertThat(grace.endFrom(NOON)).isEqualTo(NOON.plusSeconds(600));
    }

    @Test
    void isAtLeastAMinute() {
        Grace grace = new Grace(Duration.ofSeconds(5), REAL);

        assertThat(grace.isOver(NOON, NOON.plusSeconds(59))).isFalse();
        assertThat(grace.isOver(NOON, NOON.plusSeconds(60))).isTrue();
        assertThat(grace.endFrom(NOON)).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void isAtLeastARealMinuteOfAFastClock() {
        Grace grace = new Grace(TEN_MINUTES, fastUntil(Optional.empty()));

        assertThat(grace.isOver(NOON, NOON.plusSeconds(86_399))).isFalse();
        assertThat(grace.isOver(NOON, NOON.plusSeconds(86_400))).isTrue();
        assertThat(grace.endFrom(NOON)).isEqualTo(NOON.plusSeconds(86_400));
    }

    @Test
    void countsTheFastAndTheNormalPartOfTheRealMinute() {
        Grace grace = new Grace(Duration.ofSeconds(5), fastUntil(Optional.of(MIDNIGHT)));

        // Noon to midnight passes in 30 real seconds; 30 more follow at normal speed.
        assertThat(grace.isOver(NOON, MIDNIGHT.plusSeconds(29))).isFalse();
        assertThat(grace.isOver(NOON, MIDNIGHT.plusSeconds(30))).isTrue();
        assertThat(grace.endFrom(NOON)).isEqualTo(MIDNIGHT.plusSeconds(30));
    }

    @Test
    void isTheConfiguredTimeAgainOnceTheFastRunIsOver() {
        Grace grace = new Grace(TEN_MINUTES, fastUntil(Optional.of(NOON)));

        assertThat(grace.isOver(NOON.plusSeconds(1), NOON.plusSeconds(600))).isFalse();
        assertThat(grace.isOver(NOON.plusSeconds(1), NOON.plusSeconds(601))).isTrue();
        assertThat(grace.endFrom(NOON)).isEqualTo(NOON.plusSeconds(600));
    }
}
