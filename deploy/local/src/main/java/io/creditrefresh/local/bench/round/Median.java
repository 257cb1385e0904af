package io.creditrefresh.local.bench.round;

import java.util.List;

/** The value in the middle. */
public final class Median {

    private Median() {}

    /**
     * Of an even number of values the mean of the two in the middle.
     *
     * @param values at least one
     */
    public static double of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values");
        }
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
