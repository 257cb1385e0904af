package io.creditrefresh.ledger.spend;

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

class SpendTest {

    @ParameterizedTest
    @CsvSource({
        // allowance, bonus, spent; then allowance, bonus
        "300, 70, 1, 299, 70",
        "300, 70, 300, 0, 70",
        "300, 70, 301, 0, 69",
        "300, 70, 370, 0, 0",
        "0, 70, 70, 0, 0",
        "300, 0, 300, 0, 0"
    })
    void takesTheAllowanceFirstAndThenTheBonus(
            long allowance, long bonus, long credits, long allowanceLeft, long bonusLeft) {
        Account account = on("pro").holding(allowance, bonus).granted(5_000).account();

        Movement movement = Spend.apply(account, credits).orElseThrow();

        assertThat(movement.type()).isEqualTo(EntryType.CONSUME);
        assertThat(movement.amount()).isEqualTo(-credits);
        assertThat(movement.bonusChange()).isEqualTo(bonusLeft - bonus);
        assertThat(movement.after().balance()).isEqualTo(new Balance(allowanceLeft, bonusLeft));
        assertThat(movement.after().grantedThisPeriod()).isEqualTo(5_000);
        assertThat(movement.after().period()).isEqualTo(new Period(START, END));
    }

    @Test
    void takesAllOrNothing() {
        assertThat(Spend.apply(on("pro").holding(300, 70).account(), 371)).isEmpty();
        assertThat(Spend.apply(on("pro").holding(0, 0).account(), 1)).isEmpty();
    }

    @Test
    void spendsWhilePastDueOrOnHold() {
        assertThat(Spend.apply(on("pro").onHold().holding(300, 0).account(), 300))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 1_000_000_001, Long.MAX_VALUE, Long.MIN_VALUE})
    void isBounded(long credits) {
        Account account = on("pro").holding(300, Long.MAX_VALUE - 300).account();

        assertThatThrownBy(() -> Spend.apply(account, credits)).isInstanceOf(IllegalArgumentException.class);
    }
}
