package io.creditrefresh.billing.stripe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which price, product or lookup key is which plan. */
public final class PlanMap {

    /** What is sold beside plans and is none itself. */
    static final String NO_PLAN = "none";

    /** Maps nothing. */
    public static final PlanMap EMPTY = new PlanMap(Map.of());

    private static final Pattern ENTRY = Pattern.compile("\\s*([^=,\\s]{1,255})=([a-z][a-z0-9_-]{0,31})\\s*");

    private final Map<String, String> planById;

    private PlanMap(Map<String, String> planById) {
        this.planById = Map.copyOf(planById);
    }

    /**
     * Reads {@code price_1=starter,prod_2=pro,price_3=none}; an empty text maps nothing.
     *
     * @throws IllegalArgumentException if it is not of this form, or names an id twice
     */
    public static PlanMap parse(String text) {
        Map<String, String> planById = new LinkedHashMap<>();
        for (String entry : text.isBlank() ? List.<String>of() : List.of(text.split(","))) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches() || planById.put(matcher.group(1), matcher.group(2)) != null) {
                throw new IllegalArgumentException(
                        "allowed: each price, product or lookup key once, as price_1=starter,prod_2=pro,price_3=none");
            }
        }
        return new PlanMap(planById);
    }

    /** The plan, or {@link #NO_PLAN}, of the first of these ids that is mapped; empty if none is. */
    Optional<String> find(List<String> ids) {
        return ids.stream().filter(planById::containsKey).findFirst().map(planById::get);
    }
}
