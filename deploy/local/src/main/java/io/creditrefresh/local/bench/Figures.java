package io.creditrefresh.local.bench;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The figures that have been measured so far. */
public final class Figures {

    private final Map<Figure, Double> values = new EnumMap<>(Figure.class);

    /**
     * Adds one.
     *
     * @throws IllegalArgumentException if it is no number, which is a mistake in what measured it
     */
    public void put(Figure figure, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(figure.label() + " is no number: " + value);
        }
        values.put(figure, value);
    }

    /** All keys in one line, null for what was not measured. */
    public String json() {
        return Arrays.stream(Figure.values())
                .map(figure -> "\"%s\":%s".formatted(figure.label(), text(figure)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** What was measured and does not reach what it must, a line each. */
    public List<String> missed() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().missedBy(entry.getValue()))
                .flatMap(Optional::stream)
                .toList();
    }

    private String text(Figure figure) {
        var value = values.get(figure);
        return value == null ? "null" : String.format(Locale.ROOT, "%.3f", value);
    }
}
