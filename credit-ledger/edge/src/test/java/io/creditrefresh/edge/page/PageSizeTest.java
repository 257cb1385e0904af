package io.creditrefresh.edge.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageSizeTest {

    @Test
    void isFiftyUnlessAskedFor() {
        assertThat(PageSize.of(null)).isEqualTo(50);
    }

    @Test
    void takesEverySizeFromOneToTwoHundred() {
        assertThat(IntStream.rangeClosed(1, 200)).allSatisfy(size -> assertThat(PageSize.of(String.valueOf(size)))
                .isEqualTo(size));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "201",
                "1000000",
                "1000000000",
                "2147483648",
                "99999999999999999999",
                "abc",
                "",
                " ",
                " 5",
                "5 ",
                "+5",
                "05",
                "5.0",
                "1e2",
                "0x10",
                "٥",
                "５",
                "null",
                "1,2"
            })
    void refusesEverythingElse(String limit) {
        assertThatThrownBy(() -> PageSize.of(limit)).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.getStatusCode()).isEqualTo(400);
            assertThat(problem.getParameters()).containsEntry("code", "invalid_request");
            assertThat(problem.getDetail()).isEqualTo("limit is 1 to 200");
        });
    }
}
