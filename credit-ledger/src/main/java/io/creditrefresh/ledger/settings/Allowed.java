package io.creditrefresh.ledger.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Converters that take no value outside what is allowed, and whose message says what is. */
public final class Allowed {

    private Allowed() {}

    private static IllegalArgumentException only(String allowed) {
        return new IllegalArgumentException("allowed: " + allowed);
    }

    private static long whole(String value, long min, long max, String allowed) {
        try {
            long number = Long.parseLong(value.trim());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words as a number out of range.
        }
        throw only(allowed);
    }

    /** {@code true} or {@code false}; a misspelt switch must not count as off. */
    @SuppressWarnings("serial")
    public static final class Switch implements Converter<Boolean> {

        @Override
        public Boolean convert(String value) {
            return switch (value.trim().toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw only("true or false");
            };
        }
    }

    /** 1 to 5,000. */
    public static final class BatchSize implements Converter<Integer> {

        @Override
        public Integer convert(String value) {
            return (int) whole(value, 1, 5_000, "1 to 5000");
        }
    }

    /** 1 to 1,000,000. */
    public static final class Requests implements Converter<Integer> {

        @Override
        public Integer convert(String value) {
            return (int) whole(value, 1, 1_000_000, "1 to 1000000");
        }
    }

    /** 1 to 720. */
    public static final class Hours implements Converter<Integer> {

        @Override
        public Integer convert(String value) {
            return (int) whole(value, 1, 720, "1 to 720");
        }
    }

    /** 0 to 10^15. */
    public static final class Count implements Converter<Long> {

        @Override
        public Long convert(String value) {
            return whole(value, 0, 1_000_000_000_000_000L, "0 to 1000000000000000");
        }
    }

    /** One second to one day, as {@code 30s}, {@code 10m}, {@code 1h} or {@code PT10M}. */
    public static final class Wait implements Converter<Duration> {

        private static final Pattern SHORT = Pattern.compile("(\\d{1,6})([smh])");

        @Override
        public Duration convert(String value) {
            String allowed = "1s to 24h, as 30s, 10m, 1h or PT10M";
            Matcher matcher = SHORT.matcher(value.trim());
            try {
                Duration duration = Duration.parse(
                        matcher.matches()
                                ? "PT" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT)
                                : value.trim());
                if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofDays(1)) <= 0) {
                    return duration;
                }
            } catch (DateTimeException e) {
                // Said below, in the same words as a duration out of range.
            }
            throw only(allowed);
        }
    }

    /** More than 0, at most 100,000. */
    public static final class Speed implements Converter<Double> {

        @Override
        public Double convert(String value) {
            try {
                double speed = Double.parseDouble(value.trim());
                if (speed > 0 && speed <= 100_000) {
                    return speed;
                }
            } catch (NumberFormatException e) {
                // Said below, in the same words as a speed out of range.
            }
            throw only("more than 0, at most 100000");
        }
    }

    /** An instant in ISO-8601, as {@code 2026-11-20T00:00:00Z}. */
    public static final class Moment implements Converter<Instant> {

        @Override
        public Instant convert(String value) {
            try {
                return Instant.parse(value.trim());
            } catch (DateTimeException e) {
                throw only("an instant as 2026-11-20T00:00:00Z");
            }
        }
    }
}
