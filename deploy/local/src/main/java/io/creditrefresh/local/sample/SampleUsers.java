package io.creditrefresh.local.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Users whose periods all ended during the day before a simulated day, so that each of them is due in their slot of
 * that day. The same day and seed give the same users; more users only add to fewer.
 *
 * @param day the simulated day
 */
public record SampleUsers(LocalDate day, long seed) {

    private static final Duration PERIOD = Duration.ofDays(30);
    private static final int SECONDS_PER_DAY = 86_400;

    public SampleUsers(LocalDate day) {
        this(day, 20_261_120);
    }

    /** Writes so many users as CSV, one after the other, in place of what is in the file. */
    public void write(Path file, int count) {
        try (var csv = Files.newBufferedWriter(file)) {
            csv.write(SampleUser.HEADER + "\n");
            forEach(count, user -> {
                try {
                    csv.write(user.csv() + "\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forEach(int count, Consumer<SampleUser> consumer) {
        var random = new Random(seed);
        for (int number = 0; number < count; number++) {
            consumer.accept(user(number, random));
        }
    }

    private SampleUser user(int number, Random random) {
        var tier = Tier.pick(random);
        var hasRefreshDay = random.nextInt(1_000) < 30;
        return new SampleUser(
                SampleIds.of(number, random),
                random.nextInt(20) == 0 ? null : "user%d@example.com".formatted(number),
                tier.code(),
                balance(tier, random),
                hasRefreshDay ? midnightOfDayBefore() : anyTimeOfDayBefore(random),
                random.nextInt(1_000) < 20,
                hasRefreshDay ? day.minusDays(1).getDayOfMonth() : null,
                random.nextInt(1_000) < 10 ? 500L * (1 + random.nextInt(100)) : null);
    }

    /** Most have spent a part of the period's credits, some have accumulated several periods' worth, some have none. */
    private static long balance(Tier tier, Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1, 2 -> (long) (tier.amount() * (1 + 4 * random.nextDouble()));
            default -> (long) (tier.amount() * random.nextDouble());
        };
    }

    private Instant anyTimeOfDayBefore(Random random) {
        return startOfDayBefore().plusSeconds(random.nextInt(SECONDS_PER_DAY)).minus(PERIOD);
    }

    /** A period that follows a refresh day ends at 00:00. */
    private Instant midnightOfDayBefore() {
        return startOfDayBefore().minus(PERIOD);
    }

    private Instant startOfDayBefore() {
        return day.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
