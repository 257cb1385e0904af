package io.creditrefresh.planner.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OldTimestampTest {

    @ParameterizedTest
    @CsvSource({
        "2025-01-05T10:00:00Z, 2025-01-05T10:00:00Z",
        "2025-01-05t10:00:00z, 2025-01-05T10:00:00Z",
        "2025-01-05T10:00:00.123456789Z, 2025-01-05T10:00:00.123456789Z",
        "2025-01-05T10:00:00+02:00, 2025-01-05T08:00:00Z",
        "2025-01-05T10:00:00-0530, 2025-01-05T15:30:00Z",
        "2025-01-05T10:00:00+02, 2025-01-05T08:00:00Z",
        "2025-01-05 10:00:00.000 +00:00, 2025-01-05T10:00:00Z",
        "2025-01-05 10:00:00+00, 2025-01-05T10:00:00Z",
        "2025-01-05 10:00:00, 2025-01-05T10:00:00Z",
        "2025-01-05 10:00, 2025-01-05T10:00:00Z",
        "2025-01-05T10:00:00, 2025-01-05T10:00:00Z",
        "2025-01-05, 2025-01-05T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z"
    })
    void readsTheFormsOfOldDumps(String text, Instant instant) {
        assertThat(OldTimestamp.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-02-29",
                "2025-13-01",
                "2025-01-05T24:00:00Z",
                "2025-01-05T10:00:60Z",
                "2025-01-05T10:00:00+19:00",
                "2025-01-05T10:00:00 Europe/Paris",
                "2025-01-05Z",
                "05.01.2025",
                "01/05/2025",
                "1736071200000",
                "yesterday",
                "2025-01-05T10:00:00Z and more"
            })
    void takesNothingElseForATime(String text) {
        assertThat(OldTimestamp.parse(text)).isNull();
    }
}
