package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.run.RunNumbers;
import io.creditrefresh.ledger.run.RunSnapshot;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The numbers of a snapshot against a count over all rows, one by one, by the definitions and without an index. */
class SnapshotRandomTest {

    private static final int ROUNDS = 25;
    private static final int ACCOUNTS = 60;
    private static final long MINUTES_OF_CIRCLE = 43_200;

    private final LedgerDatabase database = LedgerDatabase.create();
    private int users;

    /** One row, as it was planted. */
    private record Planted(
            long id,
            Instant periodEnd,
            @Nullable Instant refreshAt,
            @Nullable String failure,
            Instant failureDueAt) {

        boolean isScheduled() {
            return refreshAt != null;
        }

        boolean hasFailed() {
            return failure != null && failureDueAt.equals(periodEnd);
        }

        boolean hasFailed(String state) {
            return hasFailed() && state.equals(failure);
        }

        boolean isIn(LocalDate run) {
            return refreshAt != null && date(refreshAt).equals(run);
        }
    }

    /** A moment in the life of a ledger. */
    private record Moment(
            Instant now,
            boolean refreshesByItself,
            @Nullable Watermark watermark,
            @Nullable Long settledMinute) {

        LocalDate today() {
            return date(now);
        }

        /** Whether an account lies in the slots that are looked at. */
        boolean isLookedAt(Planted account) {
            long end = today().plusDays(1).toEpochDay() * 1_440;
            long yesterday = end - 2 * 1_440;
            long first = yesterday;
            if (watermark != null) {
                first = Math.min(yesterday, (settledMinute == null ? watermark.minute() : settledMinute) - 1_440);
            }
            long minute = Phase.epochMinute(account.refreshAt());
            return Math.floorMod(end - 1 - minute, MINUTES_OF_CIRCLE) < end - first;
        }

        boolean isBehindTheWatermark(Planted account) {
            long minute = Phase.epochMinute(account.refreshAt());
            return watermark != null
                    && (minute < watermark.minute()
                            || minute == watermark.minute() && account.id() <= watermark.accountId());
        }

        boolean isSettled(Planted account) {
            return refreshesByItself
                    && settledMinute != null
                    && Phase.epochMinute(account.refreshAt()) <= settledMinute
                    && !account.refreshAt().isAfter(now);
        }
    }

    @Test
    void countsWhatACountOverAllRowsCounts() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        try (Connection admin = database.superuser();
                Connection api = database.as("credit_api").getConnection()) {
            admin.setAutoCommit(false);
            for (int round = 0; round < ROUNDS; round++) {
                execute(
                        admin,
                        "DELETE FROM refresh_failure; DELETE FROM credit_account; DELETE FROM subscriber;"
                                + " DELETE FROM refresh_batch; DELETE FROM planner_position");
                Instant now = Instant.parse("2026-11-20T00:00:00Z").plusSeconds(random.nextInt(60 * 86_400));
                List<Planted> accounts = new ArrayList<>();
                for (int i = 0; i < ACCOUNTS; i++) {
                    accounts.add(plant(admin, random, now));
                }
                Moment moment = moment(admin, random, now, accounts);
                long refreshed = plantBatches(admin, random, moment.today());
                admin.commit();

                RunSnapshot snapshot = SnapshotStore.read(api, now, moment.refreshesByItself());

                assertThat(snapshot.today())
                        .as("seed %d, round %d, %s", seed, round, moment)
                        .isEqualTo(numbers(accounts, moment, refreshed));
                assertThat(List.of(
                                snapshot.overdue(),
                                snapshot.unaccounted(),
                                snapshot.oldestDue(),
                                snapshot.nextScheduledRun()))
                        .as("seed %d, round %d, %s", seed, round, moment)
                        .isEqualTo(others(accounts, moment));
            }
        }
    }

    private static RunNumbers numbers(List<Planted> accounts, Moment moment, long refreshed) {
        LocalDate today = moment.today();
        Predicate<Planted> pending = account -> account.isIn(today) && !account.hasFailed();
        return new RunNumbers(
                today,
                OptionalLong.empty(),
                refreshed,
                count(accounts, account -> account.isIn(today) && account.hasFailed("retrying")),
                count(accounts, account -> account.isIn(today) && account.hasFailed("exhausted")),
                count(accounts, pending),
                count(accounts, pending.and(moment::isBehindTheWatermark)),
                count(
                        accounts,
                        account -> !account.isScheduled()
                                && !date(account.periodEnd()).isAfter(today)));
    }

    /** Overdue, unaccounted, oldest due, next. */
    private static List<Object> others(List<Planted> accounts, Moment moment) {
        List<Planted> scheduled = accounts.stream().filter(Planted::isScheduled).toList();
        List<Planted> open = scheduled.stream()
                .filter(account -> !account.hasFailed() && moment.isLookedAt(account))
                .toList();
        return List.of(
                count(open, account -> date(account.refreshAt()).isBefore(moment.today())),
                count(open, moment::isSettled),
                first(open, at -> !at.isAfter(moment.now())),
                first(scheduled, at -> at.isAfter(moment.now())));
    }

    private static long count(List<Planted> accounts, Predicate<Planted> which) {
        return accounts.stream().filter(which).count();
    }

    private static Optional<Instant> first(List<Planted> accounts, Predicate<Instant> which) {
        return accounts.stream().map(Planted::refreshAt).filter(which).min(Comparator.naturalOrder());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private Planted plant(Connection admin, Random random, Instant now) throws SQLException {
        Instant refreshAt = refreshAt(random, now);
        Instant periodEnd = refreshAt.minusSeconds(random.nextBoolean() ? 0 : random.nextInt(86_400));
        boolean held = random.nextInt(5) == 0;
        AccountFixture fixture =
                AccountFixture.user("user-" + ++users).periodEnd(periodEnd).refreshAt(refreshAt);
        long id = (held ? fixture.onHold() : fixture).insert(admin);
        if (random.nextInt(4) > 0) {
            return new Planted(id, periodEnd, held ? null : refreshAt, null, periodEnd);
        }
        String state = random.nextBoolean() ? "retrying" : "exhausted";
        Instant dueAt = random.nextInt(3) == 0 ? periodEnd.minus(Duration.ofDays(30)) : periodEnd;
        execute(
                admin,
                "INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                        + " last_failed_at, attempts, state, category, last_error) VALUES (" + id + ", '" + dueAt
                        + "', '" + now
                        + "', '" + now + "', '" + now + "', 1, '" + state + "', 'data', 'planted')");
        return new Planted(id, periodEnd, held ? null : refreshAt, state, dueAt);
    }

    /** A whole minute: near now, near a midnight, or anywhere from 40 days ago to 46 days ahead. */
    private static Instant refreshAt(Random random, Instant now) {
        Instant midnight = date(now).atStartOfDay(ZoneOffset.UTC).toInstant();
        long minute =
                switch (random.nextInt(4)) {
                    case 0 -> Phase.epochMinute(now) + random.nextInt(-3, 4);
                    case 1 -> Phase.epochMinute(midnight) + 1_440L * random.nextInt(-1, 3) + random.nextInt(-2, 3);
                    case 2 -> Phase.epochMinute(now) + random.nextInt(-1_440, 1_440);
                    default -> Phase.epochMinute(now) + random.nextInt(-40 * 1_440, 46 * 1_440);
                };
        return Instant.ofEpochSecond(minute * 60);
    }

    private Moment moment(Connection admin, Random random, Instant now, List<Planted> accounts) throws SQLException {
        boolean refreshesByItself = random.nextInt(4) > 0;
        if (random.nextInt(5) == 0) {
            return new Moment(now, refreshesByItself, null, null);
        }
        long behind = random.nextBoolean() ? random.nextInt(3) : random.nextInt(random.nextBoolean() ? 3_000 : 60_000);
        long minute = Phase.epochMinute(now) - behind;
        Planted last = accounts.get(random.nextInt(accounts.size()));
        Watermark watermark = random.nextBoolean() || last.refreshAt() == null
                ? Watermark.endOf(minute)
                : new Watermark(Math.min(Phase.epochMinute(last.refreshAt()), minute), last.id());
        PositionStore.begin(admin, watermark, now);
        if (random.nextInt(4) == 0) {
            return new Moment(now, refreshesByItself, watermark, null);
        }
        long settled = watermark.minute() - random.nextInt(-1, 40);
        execute(admin, "UPDATE planner_position SET settled_minute = " + settled);
        return new Moment(now, refreshesByItself, watermark, settled);
    }

    /** Returns how many accounts of today's run they refreshed. */
    private static long plantBatches(Connection admin, Random random, LocalDate today) throws SQLException {
        long refreshed = 0;
        for (int i = 0; i < 10; i++) {
            LocalDate run = today.plusDays(random.nextInt(-2, 2));
            int count = random.nextInt(1_000);
            BatchStore.insert(
                    admin,
                    run,
                    "worker",
                    new BatchStore.Span(Instant.EPOCH, Instant.EPOCH, Duration.ZERO),
                    new BatchStore.Counts(count, random.nextInt(5), random.nextInt(5), random.nextInt(5)));
            refreshed += run.equals(today) ? count : 0;
        }
        return refreshed;
    }
}
