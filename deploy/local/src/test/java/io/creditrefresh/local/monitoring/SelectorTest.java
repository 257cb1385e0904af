package io.creditrefresh.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.local.monitoring.Selector.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorTest {

    @Test
    void isFoundAmongFunctionsNumbersAndLabels() {
        assertThat(Selector.in("""
                        histogram_quantile(0.95, sum by (job, le) (rate(a_bucket{job="x", uri=~"/y/.*"}[1m])))
                        and on (job) (b:c:rate5m offset 1w) * 3600 >= 0.5 unless on () max_over_time(d[15m]) > 0"""))
                .containsExactly(
                        new Selector(
                                "a_bucket",
                                List.of(new Condition("job", "=", "x"), new Condition("uri", "=~", "/y/.*"))),
                        new Selector("b:c:rate5m", List.of()),
                        new Selector("d", List.of()));
    }

    @Test
    void isNoFunctionWithoutArguments() {
        assertThat(Selector.in("time() - vector(0)")).isEmpty();
    }

    @Test
    void hasConditionsInFull() {
        assertThatThrownBy(() -> Selector.in("a{job=\"x\" uri}")).hasMessageContaining("no condition");
        assertThatThrownBy(() -> Selector.in("a{job=\"x\"")).hasMessageContaining("there is no }");
        assertThatThrownBy(() -> Selector.in("a ? b")).hasMessageContaining("not understood");
    }

    @Test
    void comparesAsPrometheusDoes() {
        assertThat(new Condition("status", "=~", "5..").test("503")).isTrue();
        assertThat(new Condition("status", "=~", "5.").test("503")).isFalse();
        assertThat(new Condition("status", "!~", "5..").test("503")).isFalse();
        assertThat(new Condition("uri", "!=", "/a").test("/b")).isTrue();
    }
}
