package io.creditrefresh.api.plan;

import java.util.List;
import java.util.Map;

/**
 * What anyone may know of the service.
 *
 * @param creditsV2 whether anybody may be in Credits v2, where the kinds are {@code analysis} and {@code roast}; if not, everybody
 *     has {@code credits}
 * @param kinds credit kinds that plans give
 */
public record CreditsConfig(boolean creditsV2, List<String> kinds, List<Plan> plans) {

    /**
     * A plan.
     *
     * @param allowances credits per period, by kind
     */
    public record Plan(String code, Map<String, Long> allowances) {}
}
