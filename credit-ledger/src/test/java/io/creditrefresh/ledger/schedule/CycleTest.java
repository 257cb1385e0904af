package io.creditrefresh.ledger.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CycleTest {

    @ParameterizedTest
    @CsvSource({
        // Steady cycles, clamped to the month's last day and always counted from the day itself.
        "31, 2026-01-31T00:00:00Z, 2026-02-28T00:00:00Z",
        "31, 2026-02-28T00:00:00Z, 2026-03-31T00:00:00Z",
        "31, 2028-01-31T00:00:00Z, 2028-02-29T00:00:00Z",
        "30, 2026-01-30T00:00:00Z, 2026-02-28T00:00:00Z",
        "30, 2026-02-28T00:00:00Z, 2026-03-30T00:00:00Z",
        "29, 2027-01-29T00:00:00Z, 2027-02-28T00:00:00Z",
        "1, 2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "15, 2026-12-15T00:00:00Z, 2027-01-15T00:00:00Z",
        // Bridging periods after a change of the day: the day nearest to 30 days after the start.
        "25, 2026-01-10T15:00:00Z, 2026-02-25T00:00:00Z",
        "26, 2026-01-10T15:00:00Z, 2026-01-26T00:00:00Z",
        "11, 2026-03-26T00:00:00Z, 2026-04-11T00:00:00Z",
        // Equally near: the later one.
        "10, 2026-05-26T00:00:00Z, 2026-07-10T00:00:00Z",
    })
    void endsAMonthlyPeriodOnTheNearestDay(int day, Instant start, Instant end) {
        assertThat(Cycle.of(day).endOf(start)).isEqualTo(end);
    }

    @Test
    void makesSteadyMonthlyPeriodsOfOneMonthEach() {
        for (int day = 1; day <= 31; day++) {
            MonthlyCycle cycle = new MonthlyCycle(day);
            Instant start = cycle.firstBoundaryAfter(Instant.parse("2023-12-31T12:00:00Z"));
            for (int month = 0; month < 60; month++) {
                Instant end = cycle.endOf(start);

                assertThat(end).as("day %d after %s", day, start).isEqualTo(cycle.firstBoundaryAfter(start));
                assertThat(cycle.boundaryBefore(end)).isEqualTo(start);
                start = end;
            }
        }
    }

    @Test
    void bridgesBetweenFifteenAndFortySixDays() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Instant start = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(200_000_000));
            Instant end = Cycle.of(1 + random.nextInt(31)).endOf(start);

            assertThat(Duration.between(start, end))
                    .as("seed %d, start %s", seed, start)
                    .isBetween(Duration.ofDays(14), Duration.ofDays(46));
        }
    }

    @Test
    void goesOnWhereThePeriodEndedHoweverLateTheWorkIs() {
        Period ended = period("2026-10-01T08:30:00Z", "2026-10-31T08:30:00Z");

        Cycle.Following following = Cycle.of(null).following(ended, Instant.parse("2026-11-05T23:59:00Z"));

        assertThat(following.period()).isEqualTo(period("2026-10-31T08:30:00Z", "2026-11-30T08:30:00Z"));
        assertThat(following.skipped()).isZero();
    }

    @Test
    void skipsMissedPeriodsToTheOneThatContainsNow() {
        Period ended = period("2026-01-01T00:00:00Z", "2026-01-31T00:00:00Z");

        Cycle.Following following = Cycle.of(null).following(ended, Instant.parse("2026-05-01T00:00:00Z"));

        assertThat(following.period()).isEqualTo(period("2026-05-01T00:00:00Z", "2026-05-31T00:00:00Z"));
        assertThat(following.skipped()).isEqualTo(3);
    }

    @Test
    void skipsMissedMonthsToTheOneThatContainsNow() {
        Period ended = period("2026-01-01T00:00:00Z", "2026-01-31T00:00:00Z");

        Cycle.Following following = Cycle.of(31).following(ended, Instant.parse("2026-04-29T12:00:00Z"));

        assertThat(following.period()).isEqualTo(period("2026-03-31T00:00:00Z", "2026-04-30T00:00:00Z"));
        assertThat(following.skipped()).isEqualTo(2);
    }

    @Test
    void refusesADayThatNoMonthHas() {
        assertThatThrownBy(() -> Cycle.of(32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Cycle.of(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void staggersFirstPeriodEndsOverThirtyDays() {
        Instant now = Instant.parse("2026-11-20T12:34:56.789Z");
        int[] perDay = new int[30];
        for (int i = 0; i < 30_000; i++) {
            Instant end = Stagger.firstPeriodEnd("account-" + i, now);

            assertThat(end).isAfter(now).isBeforeOrEqualTo(now.plus(Duration.ofDays(30)));
            assertThat(end.getNano()).isZero();
            perDay[(int) Math.min(29, Duration.between(now, end).toDays())]++;
        }
        assertThat(Arrays.stream(perDay)).allMatch(users -> users > 850 && users < 1_150);
    }

    private static Period period(String start, String end) {
        return new Period(Instant.parse(start), Instant.parse(end));
    }
}
