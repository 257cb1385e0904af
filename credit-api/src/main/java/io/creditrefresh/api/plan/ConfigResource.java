package io.creditrefresh.api.plan;

import io.creditrefresh.ledger.plan.CreditKind;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which plans there are and what they give; open to anyone. */
@Path("/api/credits/config")
public class ConfigResource {

    private final InstantSource clock;

    ConfigResource(InstantSource clock) {
        this.clock = clock;
    }

    @GET
    public CreditsConfig show() {
        Map<String, Map<String, Long>> plans = new TreeMap<>();
        for (PlanAllowanceRow.PlanAmount amount : PlanAllowanceRow.inForceAt(clock.instant())) {
            plans.computeIfAbsent(amount.planCode(), plan -> new TreeMap<>()).put(amount.kind(), amount.amount());
        }
        List<String> kinds =
                Stream.of(CreditKind.values()).map(CreditKind::code).toList();
        return new CreditsConfig(
                kinds,
                plans.entrySet().stream()
                        .map(plan -> new CreditsConfig.Plan(plan.getKey(), plan.getValue()))
                        .toList());
    }
}
