package io.creditrefresh.local.bench;

import java.util.Optional;

/** Says what an option allows. */
public final class Ranges {

    private Ranges() {}

    /** Empty when the value is within its range. */
    public static Optional<String> outside(String option, int value, int min, int max) {
        return value >= min && value <= max
                ? Optional.empty()
                : Optional.of("%s is %d to %d: %d".formatted(option, min, max, value));
    }
}
