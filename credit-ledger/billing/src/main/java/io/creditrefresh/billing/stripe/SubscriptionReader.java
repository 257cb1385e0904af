package io.creditrefresh.billing.stripe;

import io.creditrefresh.billing.Field;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads Stripe's subscription objects. Since version 2025-03-31 of its API the period stands in the items, before it in
 * the subscription; both are read.
 *
 * @see <a href="https://docs.stripe.com/api/subscriptions/object">The subscription object</a>
 */
final class SubscriptionReader {

    private static final String PLANS_SETTING = "credits.billing.stripe.plans";

    private final PlanMap plans;

    SubscriptionReader(PlanMap plans) {
        this.plans = plans;
    }

    /**
     * What a subscription is; empty if all that it sells is mapped to no plan.
     *
     * @throws UnmappedPriceException if nothing in it is mapped
     */
    Optional<Terms> terms(Field subscription) {
        List<Field> items = subscription.at("items", "data").elements();
        return planOf(items).map(sold -> {
            Field start = sold.item().get("current_period_start").or(subscription.get("current_period_start"));
            Field end = sold.item().get("current_period_end").or(subscription.get("current_period_end"));
            return new Terms(
                    sold.plan(),
                    status(subscription.get("status")),
                    start.seconds(),
                    end.seconds(),
                    paidUntil(subscription, end.seconds()));
        });
    }

    /**
     * What an update has changed, as it was before.
     *
     * @param changed {@code previous_attributes} of the event: each only if it has changed
     */
    Previous previous(Field changed, Terms now) {
        List<Field> items = changed.at("items", "data").elements();
        // Before items had prices of their own, the one of the only item stood in the subscription as its plan.
        List<Field> places = items.isEmpty() && changed.get("plan").isPresent() ? List.of(changed) : items;
        // Of an item that only its quantity is told of, nobody can say what it was.
        List<Field> sold = places.stream().filter(item -> !ids(item).isEmpty()).toList();
        String plan = sold.isEmpty() ? null : planOf(sold).map(Sold::plan).orElse(Catalogue.FREE);
        Field start = items.stream()
                .map(item -> item.get("current_period_start"))
                .filter(Field::isPresent)
                .findFirst()
                .orElse(changed.get("current_period_start"));
        return Previous.changing(
                now,
                plan,
                changed.get("status").isPresent() ? status(changed.get("status")) : null,
                start.isPresent() ? start.seconds() : null);
    }

    /** An item with the plan that it is mapped to. */
    private record Sold(String plan, Field item) {}

    private Optional<Sold> planOf(List<Field> items) {
        List<String> unmapped = new ArrayList<>();
        for (Field item : items) {
            List<String> ids = ids(item);
            Optional<String> plan = plans.find(ids);
            if (plan.isPresent() && !plan.get().equals(PlanMap.NO_PLAN)) {
                return Optional.of(new Sold(plan.get(), item));
            }
            if (plan.isEmpty()) {
                unmapped.addAll(ids);
            }
        }
        if (!unmapped.isEmpty()) {
            throw new UnmappedPriceException(PLANS_SETTING, unmapped);
        }
        return Optional.empty();
    }

    /** What an item can be mapped by, the most special first. */
    static List<String> ids(Field item) {
        Field price = item.get("price").or(item.get("plan"));
        return Stream.of(
                        price.id(),
                        optionalText(price, "lookup_key"),
                        price.get("product").id())
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> optionalText(Field field, String name) {
        return field.get(name).optionalText();
    }

    private static ProviderStatus status(Field status) {
        return ProviderStatus.of(status.text()).orElseThrow(() -> status.wrong("a status that is known"));
    }

    private static @Nullable Instant paidUntil(Field subscription, Instant periodEnd) {
        Field cancelAt = subscription.get("cancel_at");
        if (cancelAt.isPresent()) {
            return cancelAt.seconds();
        }
        return subscription.get("cancel_at_period_end").isTrue() ? periodEnd : null;
    }
}
