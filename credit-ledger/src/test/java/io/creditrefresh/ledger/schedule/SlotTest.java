package io.creditrefresh.ledger.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotTest {

    private static final int USERS = 1_440_000;

    /** Golden values: whoever changes one moves every user's refresh. */
    @ParameterizedTest
    @CsvSource({
        "account-1, 926",
        "account-2, 651",
        "1, 673",
        "user@example.com, 352",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301, 559",
        "ユーザー-7, 424",
        "👩‍💻, 303"
    })
    void staysWhereItIsForEver(String userId, int minuteOfDay) {
        assertThat(Slot.of(userId).minuteOfDay()).isEqualTo(minuteOfDay);
    }

    @Test
    void isTheRemainderOfTheFirstBytesOfTheHash() {
        assertThat(Slot.hashOf("account-1")).isEqualTo(0x07e998012c1137deL);
        assertThat(Long.remainderUnsigned(0x07e998012c1137deL, 1_440)).isEqualTo(926);
    }

    @Test
    void spreadsSequentialIdsEvenly() {
        assertThat(maxToMean(i -> "account-" + i)).isLessThanOrEqualTo(1.12);
    }

    @Test
    void spreadsUuidsEvenly() {
        assertThat(maxToMean(i -> UUID.nameUUIDFromBytes(("user-" + i).getBytes(StandardCharsets.UTF_8))
                        .toString()))
                .isLessThanOrEqualTo(1.12);
    }

    @Test
    void spreadsEmailAddressesEvenly() {
        assertThat(maxToMean(i -> "first.last" + i + "@example.com")).isLessThanOrEqualTo(1.12);
    }

    @Test
    void isReachedOnTheSameDayOrTheNext() {
        Slot noon = new Slot(720);

        assertThat(noon.firstAtOrAfter(Instant.parse("2026-11-20T12:00:00Z"))).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(noon.firstAtOrAfter(Instant.parse("2026-11-20T12:00:01Z"))).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(noon.firstAtOrAfter(Instant.parse("2026-11-20T00:00:00Z"))).isEqualTo("2026-11-20T12:00:00Z");
    }

    @Test
    void schedulesARefreshNeverBeforeThePeriodEndsNorBeforeNow() {
        Slot noon = new Slot(720);
        Instant now = Instant.parse("2026-11-20T13:00:00Z");

        assertThat(noon.refreshAt(Instant.parse("2026-11-25T12:30:00Z"), now)).isEqualTo("2026-11-26T12:00:00Z");
        assertThat(noon.refreshAt(Instant.parse("2026-08-01T00:00:00Z"), now)).isEqualTo("2026-11-21T12:00:00Z");
    }

    @Test
    void isReadBackFromARefreshAt() {
        assertThat(Slot.at(Instant.parse("2026-11-20T15:26:00Z"))).isEqualTo(new Slot(926));
        assertThat(Slot.at(Instant.parse("1969-12-31T23:59:00Z"))).isEqualTo(new Slot(1_439));
    }

    @Test
    void keepsItsPhaseOverAThirtyDayRefresh() {
        Instant refreshAt = Instant.parse("2026-11-20T15:26:00Z");

        assertThat(Phase.of(refreshAt.plus(ThirtyDayCycle.LENGTH))).isEqualTo(Phase.of(refreshAt));
        assertThat(Phase.of(Instant.EPOCH.minusSeconds(1))).isEqualTo(43_199);
    }

    private static double maxToMean(IntFunction<String> userId) {
        int[] load = new int[Slot.MINUTES_PER_DAY];
        for (int i = 0; i < USERS; i++) {
            load[Slot.of(userId.apply(i)).minuteOfDay()]++;
        }
        return Arrays.stream(load).max().orElseThrow() / ((double) USERS / Slot.MINUTES_PER_DAY);
    }
}
