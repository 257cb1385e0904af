package io.creditrefresh.billing.stripe;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent.Pack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which price, product or lookup key is a pack of how many credits. */
public final class PackMap {

    /** Maps nothing. */
    public static final PackMap EMPTY = new PackMap(Map.of());

    /** More are a mistake. */
    static final long CREDITS_MAX = 1_000_000_000;

    private static final Pattern ENTRY = Pattern.compile("\\s*([^=,\\s]{1,255})=(?:([a-z]+):)?(\\d{1,10})\\s*");

    private final Map<String, Pack> packById;

    private PackMap(Map<String, Pack> packById) {
        this.packById = Map.copyOf(packById);
    }

    /**
     * Reads {@code price_8=1000,prod_9=analysis:500}: 1 to 1,000,000,000 credits, of the kind {@code credits} if none is
     * named; an empty text maps nothing.
     *
     * @throws IllegalArgumentException if it is not of this form, or names an id twice
     */
    public static PackMap parse(String text) {
        Map<String, Pack> packById = new LinkedHashMap<>();
        for (String entry : text.isBlank() ? List.<String>of() : List.of(text.split(","))) {
            Matcher matcher = ENTRY.matcher(entry);
            if (!matcher.matches()
                    || packById.put(matcher.group(1), pack(matcher.group(2), matcher.group(3))) != null) {
                throw notAllowed();
            }
        }
        return new PackMap(packById);
    }

    /** The pack of the first of these ids that is mapped; empty if none is. */
    Optional<Pack> find(List<String> ids) {
        return ids.stream().filter(packById::containsKey).findFirst().map(packById::get);
    }

    private static Pack pack(@Nullable String kind, String credits) {
        long amount = Long.parseLong(credits);
        if (amount < 1 || amount > CREDITS_MAX) {
            throw notAllowed();
        }
        return new Pack(kind == null ? CreditKind.CREDITS : CreditKind.of(kind), amount);
    }

    private static IllegalArgumentException notAllowed() {
        return new IllegalArgumentException("allowed: each price, product or lookup key once, with 1 to " + CREDITS_MAX
                + " credits, as price_8=1000,prod_9=analysis:500");
    }
}
