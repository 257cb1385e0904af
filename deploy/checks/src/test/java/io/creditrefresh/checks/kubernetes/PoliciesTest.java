package io.creditrefresh.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay keeps to every policy; and every policy sees what breaks it. */
class PoliciesTest {

    private static final Map<String, Policy> POLICIES = Stream.of(
                    PodPolicies.ALL, AccessPolicies.ALL, CapacityPolicies.ALL, WiringPolicies.ALL)
            .flatMap(List::stream)
            .collect(Collectors.toMap(Policy::name, Function.identity()));

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("overlaysAndPolicies")
    void areKept(Overlay overlay, Policy policy) {
        assertThat(policy.findings(overlay)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breakages")
    void seeWhatBreaksThem(Breakage breakage) {
        Policy policy = POLICIES.get(breakage.policy());
        Overlay broken = breakage.applied();

        assertThat(policy.findings(broken)).isNotEmpty();
    }

    @Test
    void areEachBrokenByATest() {
        Set<String> broken = breakages().map(Breakage::policy).collect(Collectors.toSet());

        assertThat(broken).isEqualTo(POLICIES.keySet());
    }

    static Stream<Arguments> overlaysAndPolicies() {
        return Overlay.all()
                .flatMap(overlay -> POLICIES.values().stream().map(policy -> Arguments.of(overlay, policy)));
    }

    static Stream<Breakage> breakages() {
        List<Breakage> breakages = new ArrayList<>(Breakages.OF_PODS);
        breakages.addAll(Breakages.OF_ACCESS);
        breakages.addAll(Breakages.OF_CAPACITY);
        breakages.addAll(Breakages.OF_WIRING);
        return breakages.stream();
    }
}
