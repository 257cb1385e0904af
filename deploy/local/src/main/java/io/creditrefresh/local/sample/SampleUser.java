package io.creditrefresh.local.sample;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One line of the old user table. */
public record SampleUser(
        String userId,
        @Nullable String email,
        String tier,
        long creditBalance,
        Instant lastCreditRefresh,
        boolean creditRefreshHold,
        @Nullable Integer creditRefreshDay,
        @Nullable Long customCreditAmount) {

    static final String HEADER =
            "userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount";

    String csv() {
        return Stream.of(
                        userId,
                        email,
                        tier,
                        creditBalance,
                        lastCreditRefresh,
                        creditRefreshHold,
                        creditRefreshDay,
                        customCreditAmount)
                .map(value -> value == null ? "" : quoted(value.toString()))
                .collect(Collectors.joining(","));
    }

    private static String quoted(String value) {
        return value.contains(",") || value.contains("\"") ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
