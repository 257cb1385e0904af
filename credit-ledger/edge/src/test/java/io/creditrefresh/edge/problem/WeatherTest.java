package io.creditrefresh.edge.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeatherTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08001", "08006", "28P01", "3D000", "53300", "55000", "57014", "57P01", "58030", "40001", "40P01",
                "55P03"
            })
    void isADatabaseThatIsAwayOrBusy(String state) {
        SQLException failure = new SQLException("no", state);

        assertThat(Weather.in(failure)).containsSame(failure);
    }

    @Test
    void isAPoolWithoutAConnection() {
        assertThat(Weather.in(new SQLException("acquisition timeout"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22008", "22P05", "23505", "42501", "42P01", "55006", "XX000", "", "0", "4"})
    void isNotWhatTheDatabaseRefuses(String state) {
        assertThat(Weather.in(new SQLException("no", state))).isEmpty();
    }

    @Test
    void isFoundBehindOtherCauses() {
        SQLException failure = new SQLException("away", "08006");

        assertThat(Weather.in(
                        new RuntimeException(new IllegalStateException(new SQLException("no", "23505", failure)))))
                .containsSame(failure);
    }

    @Test
    void isNotATroubleOfAnotherKind() {
        assertThat(Weather.in(new RuntimeException(new IOException("disk full"))))
                .isEmpty();
    }

    @Test
    @Timeout(10)
    void endsWhenCausesGoInACircle() {
        RuntimeException one = new RuntimeException();
        one.initCause(new RuntimeException(one));

        assertThat(Weather.in(one)).isEmpty();
    }
}
