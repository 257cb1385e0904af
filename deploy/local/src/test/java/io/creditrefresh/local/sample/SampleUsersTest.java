package io.creditrefresh.local.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleUsersTest {

    private static final int COUNT = 50_000;
    private static final int PINNED_HASH = -33_149_309;
    private static final SampleUsers USERS = new SampleUsers(LocalDate.parse("2026-03-01"));

    @TempDir
    private Path directory;

    @Test
    void hasTheMixOfPlansHoldsCustomAmountsAndRefreshDaysOfARealSystem() {
        var users = users(COUNT);

        assertThat(share(users, user -> user.tier().equals("free"))).isCloseTo(0.70, within(0.01));
        assertThat(share(users, user -> user.tier().equals("starter"))).isCloseTo(0.18, within(0.01));
        assertThat(share(users, user -> user.tier().equals("pro"))).isCloseTo(0.09, within(0.01));
        assertThat(share(users, user -> user.tier().equals("scale"))).isCloseTo(0.03, within(0.005));
        assertThat(share(users, SampleUser::creditRefreshHold)).isCloseTo(0.02, about());
        assertThat(share(users, user -> user.customCreditAmount() != null)).isCloseTo(0.01, about());
        assertThat(share(users, user -> user.creditRefreshDay() != null)).isCloseTo(0.03, about());
    }

    @Test
    void hasBalancesFromNothingToSeveralPeriodsWorth() {
        var free = users(COUNT).stream()
                .filter(user -> user.tier().equals("free"))
                .mapToLong(SampleUser::creditBalance)
                .summaryStatistics();

        assertThat(free.getMin()).isZero();
        assertThat(free.getMax()).isBetween(4_900L, 5_000L);
    }

    @Test
    void endsEveryPeriodDuringTheDayBefore() {
        var ends = users(COUNT).stream()
                .map(user -> user.lastCreditRefresh().plus(Duration.ofDays(30)))
                .toList();

        assertThat(ends)
                .allMatch(end -> !end.isBefore(Instant.parse("2026-02-28T00:00:00Z"))
                        && end.isBefore(Instant.parse("2026-03-01T00:00:00Z"))
                        && end.getNano() == 0);
    }

    @Test
    void endsThePeriodOfARefreshDayAtTheBeginningOfThatDay() {
        var users = users(COUNT).stream()
                .filter(user -> user.creditRefreshDay() != null)
                .toList();

        assertThat(users).allSatisfy(user -> {
            assertThat(user.creditRefreshDay()).isEqualTo(28);
            assertThat(user.lastCreditRefresh().plus(Duration.ofDays(30))).isEqualTo("2026-02-28T00:00:00Z");
        });
    }

    @Test
    void givesNoIdTwiceAndNoneThatIsTooLong() {
        var ids = users(COUNT).stream().map(SampleUser::userId).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.codePointCount(0, id.length()) <= 128);
    }

    @Test
    void hasOneIdOfEachOddShapeAmongTheFirstUsers() {
        var ids = users(8).stream().map(SampleUser::userId).toList();

        assertThat(ids)
                .containsExactly(
                        "ユーザー-0",
                        "Zoë Müller 1",
                        "🦊-2",
                        "x".repeat(126) + "-3",
                        "o\"brien-4",
                        "smith, jane 5",
                        "name with  spaces 6",
                        "first.last+tag7@sub.example.com");
    }

    @Test
    void writesTheSameFileAgain() throws IOException {
        var once = directory.resolve("once.csv");
        var again = directory.resolve("again.csv");

        USERS.write(once, 1_000);
        USERS.write(again, 1_000);

        assertThat(again).hasSameBinaryContentAs(once);
        assertThat(Files.readString(once).hashCode()).isEqualTo(PINNED_HASH);
    }

    @Test
    void onlyAddsToTheUsersOfASmallerFile() {
        var few = users(100);

        var many = users(200);

        assertThat(many).startsWith(few.toArray(SampleUser[]::new));
    }

    @Test
    void writesTheOldTablesColumnsAndQuotesWhatNeedsIt() throws IOException {
        var file = directory.resolve("users.csv");

        USERS.write(file, 8);

        var lines = Files.readAllLines(file);
        assertThat(lines).hasSize(9);
        assertThat(lines.get(0))
                .isEqualTo(
                        "userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount");
        assertThat(lines.get(5)).startsWith("\"o\"\"brien-4\",");
        assertThat(lines.get(6)).startsWith("\"smith, jane 5\",");
    }

    private static List<SampleUser> users(int count) {
        var users = new ArrayList<SampleUser>();
        USERS.forEach(count, users::add);
        return users;
    }

    private static double share(List<SampleUser> users, Predicate<SampleUser> predicate) {
        return (double) users.stream().filter(predicate).count() / users.size();
    }

    private static Offset<Double> about() {
        return within(0.003);
    }
}
