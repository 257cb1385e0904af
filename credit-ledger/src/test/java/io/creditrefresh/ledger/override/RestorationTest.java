package io.creditrefresh.ledger.override;

import static io.creditrefresh.ledger.account.SubscriberFixture.END;
import static io.creditrefresh.ledger.account.SubscriberFixture.START;
import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.override.Restoration.BadRefresh;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestorationTest {

    @ParameterizedTest
    @CsvSource({
        // amount of the refresh, left of it, bonus; then left
        "4700, 5000, 70, 300",
        "4700, 1000, 70, 0",
        "4700, 0, 70, 0",
        "-3500, 500, 70, 4000",
        "0, 500, 70, 500"
    })
    void takesBackFromTheAllowanceWhatTheRefreshChanged(long amount, long allowance, long bonus, long left) {
        Account account = on("pro").holding(allowance, bonus).granted(5_000).account();

        Movement movement = Restoration.apply(account, bad(START, amount)).orElseThrow();

        assertThat(movement.after().balance()).isEqualTo(new Balance(left, bonus));
        assertThat(movement.amount()).isEqualTo(left - allowance);
        assertThat(movement.bonusChange()).isZero();
    }

    @Test
    void leavesPeriodAndWhatWasGranted() {
        Account account = on("pro").holding(5_000, 70).granted(5_000).account();

        Movement movement = Restoration.apply(account, bad(START, 4_700)).orElseThrow();

        assertThat(movement.after().period()).isEqualTo(new Period(START, END));
        assertThat(movement.after().refreshAt()).isEqualTo("2026-11-19T15:26:00Z");
        assertThat(movement.after().grantedThisPeriod()).isEqualTo(5_000);
    }

    @Test
    void namesTheRefreshAndStandsUnderItsKeyOnce() {
        Account account = on("pro").holding(5_000, 70).granted(5_000).account();

        Movement movement = Restoration.apply(account, bad(START, 4_700)).orElseThrow();

        assertThat(movement.type()).isEqualTo(EntryType.RESTORE);
        assertThat(movement.idempotencyKey()).isEqualTo("restore:4");
        assertThat(movement.details()).isEqualTo(Map.of("refreshSeq", 4L, "refreshAmount", 4_700L));
    }

    @Test
    void takesNothingOnceTheAccountHasLeftThatPeriod() {
        Account account = on("pro").holding(5_000, 70).granted(5_000).account();

        assertThat(Restoration.apply(account, bad(START.minusSeconds(1), 4_700)))
                .isEmpty();
    }

    private static BadRefresh bad(Instant periodStart, long amount) {
        return new BadRefresh(1, 4, periodStart, amount);
    }
}
