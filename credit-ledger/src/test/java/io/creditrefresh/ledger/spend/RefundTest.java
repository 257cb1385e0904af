package io.creditrefresh.ledger.spend;

import static io.creditrefresh.ledger.account.SubscriberFixture.END;
import static io.creditrefresh.ledger.account.SubscriberFixture.START;
import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.schedule.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefundTest {

    private static final Account ACCOUNT =
            on("pro").holding(300, 70).granted(5_000).account();

    @Test
    void givesEachPartBackWhereItWasTaken() {
        Movement movement = Refund.apply(ACCOUNT, new Refund.Taken(1, 4, 120, 30, false));

        assertThat(movement.after().balance()).isEqualTo(new Balance(420, 100));
        assertThat(movement.amount()).isEqualTo(150);
        assertThat(movement.bonusChange()).isEqualTo(30);
    }

    @Test
    void givesAllToTheBonusOnceTheAllowanceHasBeenReplaced() {
        Movement movement = Refund.apply(ACCOUNT, new Refund.Taken(1, 4, 120, 30, true));

        assertThat(movement.after().balance()).isEqualTo(new Balance(300, 220));
        assertThat(movement.amount()).isEqualTo(150);
        assertThat(movement.bonusChange()).isEqualTo(150);
    }

    @Test
    void namesTheSpendAndGrantsNothing() {
        Movement movement = Refund.apply(ACCOUNT, new Refund.Taken(1, 4, 120, 30, false));

        assertThat(movement.type()).isEqualTo(EntryType.REFUND);
        assertThat(movement.details()).isEqualTo(Map.of("spendSeq", 4L));
        assertThat(movement.granted()).isZero();
        assertThat(movement.after().grantedThisPeriod()).isEqualTo(5_000);
        assertThat(movement.after().period()).isEqualTo(new Period(START, END));
    }

    @Test
    void undoesASpendExactly() {
        Movement spent = Spend.apply(ACCOUNT, 350).orElseThrow();

        Movement back = Refund.apply(spent.after(), new Refund.Taken(1, 6, 300, 50, false));

        assertThat(back.after().balance()).isEqualTo(ACCOUNT.balance());
    }
}
