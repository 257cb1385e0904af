package io.creditrefresh.api.plan;

import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each {@code CREDITS_<PLAN>_TIER} of the environment says: credits of kind {@code credits} per period, by plan.
 *
 * @param byPlan 0 to 10^15
 */
public record TierAmounts(Map<String, Long> byPlan) {

    private static final Pattern NAME = Pattern.compile("credits[._]([a-z][a-z0-9_-]{0,31})[._]tier");
    private static final long AMOUNT_MAX = 1_000_000_000_000_000L;

    /** Reads them; a value that is no amount is left out. */
    public static TierAmounts read(SmallRyeConfig config) {
        Map<String, Long> amounts = new TreeMap<>();
        tiers(config).forEach((plan, value) -> {
            if (isAmount(value)) {
                amounts.put(plan, Long.parseLong(value));
            }
        });
        return new TierAmounts(amounts);
    }

    /** One line per bad value: its key, the value and what is allowed. */
    public static List<String> problems(SmallRyeConfig config) {
        List<String> problems = new ArrayList<>();
        tiers(config).forEach((plan, value) -> {
            if (!isAmount(value)) {
                problems.add(
                        "credits.%s.tier: \"%s\" is not allowed; allowed: 0 to %d".formatted(plan, value, AMOUNT_MAX));
            }
        });
        return problems;
    }

    private static Map<String, String> tiers(SmallRyeConfig config) {
        Map<String, String> tiers = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            Matcher matcher = NAME.matcher(name.toLowerCase(Locale.ROOT));
            if (matcher.matches()) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> tiers.put(matcher.group(1), value.trim()));
            }
        }
        return tiers;
    }

    private static boolean isAmount(String value) {
        return value.matches("[0-9]{1,16}") && Long.parseLong(value) <= AMOUNT_MAX;
    }
}
