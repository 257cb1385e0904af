package io.creditrefresh.ledger.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import io.creditrefresh.ledger.schedule.Period;
import io.creditrefresh.ledger.schedule.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportRuleTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.5Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:11:12Z");
    private static final Instant RAISED_AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final Catalogue CATALOGUE = new Catalogue(List.of(
            new PlanAllowance("free", CreditKind.CREDITS, Instant.MIN, 1_000, Rollover.NONE),
            new PlanAllowance("starter", CreditKind.CREDITS, Instant.MIN, 5_000, Rollover.NONE),
            new PlanAllowance("starter", CreditKind.CREDITS, RAISED_AT, 6_000, Rollover.NONE)));

    /** {@code account-1} has slot 926, which is 15:26. */
    private static final String USER = "account-1";

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "999, 999, 0", "1000, 1000, 0", "1001, 1000, 1", "1000000000000000, 1000, 999999999999000"})
    void keepsTheBalanceAndMakesBonusOfWhatExceedsTheAmount(long balance, long allowance, long bonus) {
        ImportedAccount account = open(user("free", balance, YESTERDAY, false, null, null));

        assertThat(account.balance()).isEqualTo(new Balance(allowance, bonus));
        assertThat(account.grantedThisPeriod()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({"0, 700, 0, 700", "500, 700, 500, 200", "50000, 700, 700, 0"})
    void takesACustomAllowanceInPlaceOfThePlans(long custom, long balance, long allowance, long bonus) {
        ImportedAccount account = open(user("free", balance, YESTERDAY, false, null, custom));

        assertThat(account.balance()).isEqualTo(new Balance(allowance, bonus));
        assertThat(account.grantedThisPeriod()).isEqualTo(custom);
    }

    @ParameterizedTest
    @CsvSource({"2026-10-31T23:59:59Z, 5000", "2026-11-01T00:00:00Z, 6000"})
    void takesTheAmountInForceWhenThePeriodStarted(Instant lastRefresh, long amount) {
        ImportedAccount account = open(user("starter", 10_000, lastRefresh, false, null, null));

        assertThat(account.grantedThisPeriod()).isEqualTo(amount);
    }

    @Test
    void goesOnFromTheLastRefresh() {
        ImportedAccount account = open(user("free", 1, YESTERDAY, false, null, null));

        assertThat(account.period()).isEqualTo(new Period(YESTERDAY, Instant.parse("2026-12-19T10:11:12Z")));
        assertThat(account.refreshAt()).isEqualTo("2026-12-19T15:26:00Z");
        assertThat(account.isDue(NOW)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-21T12:00:00Z, 2026-11-20T12:00:00Z",
        "2026-10-01T00:00:00Z, 2026-10-31T00:00:00Z",
        "2000-01-01T00:00:00Z, 2000-01-31T00:00:00Z"
    })
    void leavesAnOverdueAccountInItsEndedPeriodAndGivesItItsNextSlot(Instant lastRefresh, Instant periodEnd) {
        ImportedAccount account = open(user("free", 1, lastRefresh, false, null, null));

        assertThat(account.period()).isEqualTo(new Period(lastRefresh, periodEnd));
        assertThat(account.refreshAt()).isEqualTo("2026-11-20T15:26:00Z");
        assertThat(account.isDue(NOW)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "31, 2026-10-31T00:00:00Z, 2026-11-30T00:00:00Z",
        "1, 2026-11-15T08:00:00Z, 2026-12-01T00:00:00Z",
        "15, 2026-10-10T08:00:00Z, 2026-11-15T00:00:00Z"
    })
    void endsThePeriodByTheRefreshDay(int day, Instant lastRefresh, Instant periodEnd) {
        ImportedAccount account = open(user("free", 1, lastRefresh, false, day, null));

        assertThat(account.period()).isEqualTo(new Period(lastRefresh, periodEnd));
    }

    @ParameterizedTest
    @CsvSource({
        "31, 2026-10-31T00:00:00Z, 2026-11-30T00:00:00Z",
        "20, 2026-11-20T00:00:00Z, 2026-12-20T00:00:00Z",
        "21, 2026-10-21T00:00:00Z, 2026-11-21T00:00:00Z"
    })
    void putsANeverRefreshedUserWithARefreshDayBetweenTwoOfThem(int day, Instant start, Instant end) {
        ImportedAccount account = open(user("free", 1, null, false, day, null));

        assertThat(account.period()).isEqualTo(new Period(start, end));
        assertThat(account.refreshAt()).isEqualTo(end.plus(Duration.ofHours(15)).plus(Duration.ofMinutes(26)));
    }

    @Test
    void staggersNeverRefreshedUsersEvenlyOver30Days() {
        List<ImportedAccount> accounts = IntStream.range(0, 30_000)
                .mapToObj(i -> open(new ImportedUser("user-" + i, null, "free", 1, null, false, null, null)))
                .toList();

        int[] perDay = new int[30];
        for (ImportedAccount account : accounts) {
            Period period = account.period();
            assertThat(period.end()).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(Duration.ofDays(30)));
            assertThat(Duration.between(period.start(), period.end())).isEqualTo(Duration.ofDays(30));
            assertThat(account.refreshAt())
                    .isEqualTo(Slot.of(account.user().userId()).firstAtOrAfter(period.end()));
            perDay[(int) Duration.between(NOW, period.end()).toDays() % 30]++;
        }
        assertThat(IntStream.of(perDay).summaryStatistics())
                .satisfies(users -> assertThat(users.getMin()).isGreaterThan(850))
                .satisfies(users -> assertThat(users.getMax()).isLessThan(1_150));
    }

    @Test
    void takesAUserOnHoldOffTheScheduleAndKeepsTheirPeriod() {
        ImportedAccount account = open(user("free", 1, YESTERDAY, true, null, null));

        assertThat(account.refreshAt()).isNull();
        assertThat(account.period().start()).isEqualTo(YESTERDAY);
        assertThat(account.isDue(NOW.plus(Duration.ofDays(60)))).isFalse();
    }

    @Test
    void opensTheSameAccountEveryTime() {
        ImportedUser neverRefreshed = user("free", 1, null, false, null, null);

        assertThat(open(neverRefreshed)).isEqualTo(open(neverRefreshed));
    }

    @Test
    void takesALastRefreshOfThisVerySecond() {
        Instant thisSecond = Instant.parse("2026-11-20T12:00:00Z");

        assertThat(open(user("free", 1, thisSecond, false, null, null)).period().start())
                .isEqualTo(thisSecond);
    }

    @Test
    void refusesALastRefreshInTheFuture() {
        ImportedUser fromTheFuture = user("free", 1, Instant.parse("2026-11-20T12:00:01Z"), false, null, null);

        assertThatThrownBy(() -> open(fromTheFuture)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPlanThatIsNotInTheCatalogue() {
        assertThatThrownBy(() -> open(user("gold", 1, null, false, null, null)))
                .isInstanceOf(NoAllowanceException.class);
    }

    @Test
    void refusesABalanceOutOfRange() {
        assertThatThrownBy(() -> user("free", -1, null, false, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> user("free", ImportedUser.CREDITS_MAX + 1, null, false, null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> user("free", 1, null, false, null, ImportedUser.CREDITS_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ImportedAccount open(ImportedUser user) {
        return ImportRule.open(user, CATALOGUE, NOW);
    }

    private static ImportedUser user(
            String plan,
            long balance,
            @Nullable Instant lastRefresh,
            boolean onHold,
            @Nullable Integer refreshDay,
            @Nullable Long customAllowance) {
        return new ImportedUser(USER, null, plan, balance, lastRefresh, onHold, refreshDay, customAllowance);
    }
}
