package io.creditrefresh.ledger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhaseRangeTest {

    /** An epoch minute with phase 0: the circle begins anew. */
    private static final long CIRCLE = 43_200L * 692;

    @Test
    void startsBehindTheLastAccountOfAMinute() {
        assertThat(PhaseRange.behind(new Watermark(CIRCLE + 10, 77), CIRCLE + 12))
                .isEqualTo(new PhaseRange(10, 77, 12, CIRCLE + 12));
    }

    @Test
    void startsWithTheMinuteAfterAWholeOne() {
        assertThat(PhaseRange.behind(Watermark.endOf(CIRCLE + 10), CIRCLE + 12))
                .isEqualTo(new PhaseRange(11, 0, 12, CIRCLE + 12));
    }

    @Test
    void isAtMostAnHourLong() {
        assertThat(PhaseRange.behind(Watermark.endOf(CIRCLE - 1), CIRCLE + 600))
                .isEqualTo(new PhaseRange(0, 0, 59, CIRCLE + 59));
    }

    @Test
    void endsWhereTheCircleEnds() {
        assertThat(PhaseRange.behind(Watermark.endOf(CIRCLE - 11), CIRCLE + 5))
                .isEqualTo(new PhaseRange(43_190, 0, 43_199, CIRCLE - 1));
    }

    @Test
    void leavesOutWhatIsFoundAtALaterMinute() {
        assertThat(PhaseRange.behind(new Watermark(CIRCLE - 99_999, 77), CIRCLE + 9))
                .isEqualTo(new PhaseRange(10, 0, 69, CIRCLE - 43_200 + 69));
    }

    @Test
    void saysWhereTheWatermarkStandsBehindAnAccount() {
        PhaseRange range = new PhaseRange(43_190, 0, 43_199, CIRCLE - 1);

        assertThat(range.at(43_195, 5)).isEqualTo(new Watermark(CIRCLE - 5, 5));
        assertThat(range.end()).isEqualTo(Watermark.endOf(CIRCLE - 1));
    }

    @Test
    void isNotMadeOfNothing() {
        assertThatThrownBy(() -> PhaseRange.behind(Watermark.endOf(CIRCLE), CIRCLE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void visitsEveryPhaseBetweenAnyTwoMinutesOnce() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            long from = random.nextLong(-50_000, 30_000_000);
            long length = random.nextInt(1, random.nextBoolean() ? 200 : 100_000);

            BitSet visited = visited(Watermark.endOf(from), from + length);

            assertThat(visited.cardinality())
                    .as("seed %d, %d minutes from %d", seed, length, from)
                    .isEqualTo((int) Math.min(length, Phase.MINUTES));
            for (long minute = Math.max(from + 1, from + length - Phase.MINUTES + 1);
                    minute <= from + length;
                    minute++) {
                assertThat(visited.get(Phase.ofMinute(minute)))
                        .as("seed %d, minute %d", seed, minute)
                        .isTrue();
            }
        }
    }

    private static BitSet visited(Watermark watermark, long toMinute) {
        BitSet visited = new BitSet(Phase.MINUTES);
        Watermark reached = watermark;
        while (!reached.covers(toMinute)) {
            PhaseRange range = PhaseRange.behind(reached, toMinute);
            assertThat(visited.nextSetBit(range.fromPhase()))
                    .satisfiesAnyOf(next -> assertThat(next).isEqualTo(-1), next -> assertThat(next)
                            .isGreaterThan(range.toPhase()));
            visited.set(range.fromPhase(), range.toPhase() + 1);
            reached = range.end();
        }
        assertThat(reached).isEqualTo(Watermark.endOf(toMinute));
        return visited;
    }
}
