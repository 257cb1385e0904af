package io.creditrefresh.worker.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {

    @ParameterizedTest
    @CsvSource({
        "08006, WEATHER",
        "08001, WEATHER",
        "53300, WEATHER",
        "57P01, WEATHER",
        "57014, WEATHER",
        "58030, WEATHER",
        "55P03, CONTENTION",
        "40P01, CONTENTION",
        "40001, CONTENTION",
        "23505, BUG",
        "23514, BUG",
        "22003, REFUSED",
        "42P01, REFUSED",
        "P0001, REFUSED"
    })
    void decidesByTheSqlState(String sqlState, Trouble trouble) {
        assertThat(Trouble.of(new SQLException("x", sqlState))).isEqualTo(trouble);
        assertThat(Trouble.of(new IllegalStateException(new SQLException("x", sqlState))))
                .isEqualTo(trouble);
    }

    @Test
    void takesAConnectionThatCouldNotBeHadForWeather() {
        assertThat(Trouble.of(new SQLException("Acquisition timeout"))).isEqualTo(Trouble.WEATHER);
    }

    @Test
    void takesBrokerErrorsForWeather() {
        assertThat(Trouble.of(new TimeoutException("no broker"))).isEqualTo(Trouble.WEATHER);
    }

    @Test
    void takesWhatTheRulesCannotComputeForBadDataAndTheUnexpectedForABug() {
        assertThat(Trouble.of(new ArithmeticException("long overflow"))).isEqualTo(Trouble.BAD_DATA);
        assertThat(Trouble.of(new NullPointerException())).isEqualTo(Trouble.BUG);
    }
}
