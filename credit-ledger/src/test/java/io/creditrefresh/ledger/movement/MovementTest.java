package io.creditrefresh.ledger.movement;

import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.Account;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MovementTest {

    private static final Account ACCOUNT =
            on("pro").holding(300, 70).granted(5_000).account();

    @Test
    void isTheAccountsNextEntry() {
        Account other = on("pro").holding(300, 70).granted(5_000).account();

        assertThatThrownBy(() -> Movement.of(ACCOUNT, other, EntryType.SETTINGS, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a movement is the account's next entry: account 1");
    }

    @Test
    void isRefusedWhereItsTypeMayNotLowerABalance() {
        Account lower = ACCOUNT.next().holding(299, 70).account();

        assertThat(accepted(lower))
                .containsExactly(
                        EntryType.REFRESH, EntryType.CONSUME, EntryType.MIRROR, EntryType.ADJUST, EntryType.RESTORE);
    }

    @Test
    void isRefusedWhereItsTypeMayNotLowerABonusEvenIfTheBalanceGrows() {
        Account shifted = ACCOUNT.next().holding(500, 69).account();

        assertThat(accepted(shifted)).containsExactly(EntryType.ADJUST);
    }

    @Test
    void grantsWhatItMovesOrNothing() {
        Account more = ACCOUNT.next().holding(400, 70).account();

        assertThat(Movement.of(ACCOUNT, more, EntryType.SYNC, Map.of()).granted())
                .isEqualTo(100);
        assertThat(Movement.of(ACCOUNT, more, EntryType.REFUND, Map.of()).granted())
                .isZero();
        assertThatThrownBy(() -> new Movement(ACCOUNT, more, EntryType.SYNC, 99, 0, Map.of(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("SYNC grants 99 of 100: account 1");
    }

    private static List<EntryType> accepted(Account after) {
        return Arrays.stream(EntryType.values())
                .filter(type -> {
                    try {
                        return Movement.of(ACCOUNT, after, type, Map.of()).type() == type;
                    } catch (IllegalArgumentException e) {
                        return false;
                    }
                })
                .toList();
    }
}
