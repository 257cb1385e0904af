package io.creditrefresh.local.sample;

import java.util.Random;
import java.util.UUID;

/** User ids as real systems have them: numbered, UUIDs, e-mail addresses, and a few that break careless code. */
final class SampleIds {

    static final int LENGTH_MAX = 128;

    private static final int ODD_SHAPES = 8;
    private static final int ODD_EVERY = 89;

    private SampleIds() {}

    /** The id of the user with this number. No two numbers get the same id; the first eight are one of each odd shape. */
    static String of(int number, Random random) {
        if (number < ODD_SHAPES) {
            return odd(number, number);
        }
        if (number % ODD_EVERY == 0) {
            return odd(number / ODD_EVERY % ODD_SHAPES, number);
        }
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> uuid(random.nextLong(), number);
            case 3, 4 -> "user%d@example.com".formatted(number);
            case 5 -> Integer.toString(100_000_000 + number);
            default -> "user-%07d".formatted(number);
        };
    }

    private static String odd(int shape, int number) {
        return switch (shape) {
            case 0 -> "ユーザー-" + number;
            case 1 -> "Zoë Müller " + number;
            case 2 -> "🦊-" + number;
            case 3 -> longest(number);
            case 4 -> "o\"brien-" + number;
            case 5 -> "smith, jane " + number;
            case 6 -> "name with  spaces " + number;
            default -> "first.last+tag" + number + "@sub.example.com";
        };
    }

    /** Of version 4 by its form; the number makes it unique. */
    private static String uuid(long bits, int number) {
        return new UUID((bits & 0xffff_ffff_ffff_0fffL) | 0x4000L, 0x8000_0000_0000_0000L | number).toString();
    }

    private static String longest(int number) {
        var end = "-" + number;
        return "x".repeat(LENGTH_MAX - end.length()) + end;
    }
}
