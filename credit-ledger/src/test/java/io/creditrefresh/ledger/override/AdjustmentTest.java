package io.creditrefresh.ledger.override;

import static io.creditrefresh.ledger.account.SubscriberFixture.END;
import static io.creditrefresh.ledger.account.SubscriberFixture.START;
import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.schedule.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdjustmentTest {

    private static final Account ACCOUNT =
            on("pro").holding(300, 70).granted(5_000).account();

    @ParameterizedTest
    @CsvSource({"30, 100", "-30, 40", "-70, 0", "1000000000, 1000000070"})
    void changesTheBonusAndNothingElse(long credits, long bonus) {
        Movement movement = Adjustment.apply(ACCOUNT, credits).orElseThrow();

        assertThat(movement.type()).isEqualTo(EntryType.ADJUST);
        assertThat(movement.amount()).isEqualTo(credits);
        assertThat(movement.bonusChange()).isEqualTo(credits);
        assertThat(movement.granted()).isZero();
        assertThat(movement.after().balance()).isEqualTo(new Balance(300, bonus));
        assertThat(movement.after().grantedThisPeriod()).isEqualTo(5_000);
        assertThat(movement.after().period()).isEqualTo(new Period(START, END));
    }

    @Test
    void takesNoMoreThanTheBonusHasHoweverFullTheAllowance() {
        assertThat(Adjustment.apply(ACCOUNT, -71)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_001, -1_000_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
    void isBounded(long credits) {
        assertThatThrownBy(() -> Adjustment.apply(ACCOUNT, credits)).isInstanceOf(IllegalArgumentException.class);
    }
}
