package io.creditrefresh.ledger.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunNumbersTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-20");

    @Test
    void expectsEveryAccountOnceAndTheOnesInFlightAsPending() {
        assertThat(new RunNumbers(DAY, OptionalLong.of(7), 100_000, 2_000, 300, 40, 8, 5).expected())
                .isEqualTo(102_345);
    }

    @Test
    void refusesMoreInFlightThanPending() {
        assertThatThrownBy(() -> new RunNumbers(DAY, OptionalLong.empty(), 0, 0, 0, 3, 4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("what is in flight is pending: 4 of 3");
    }
}
