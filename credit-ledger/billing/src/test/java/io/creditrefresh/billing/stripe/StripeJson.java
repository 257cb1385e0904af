package io.creditrefresh.billing.stripe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.Terms;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what Stripe sends, in the places where its API has things before or since version 2025-03-31. */
public enum StripeJson {
    OLD,
    NEW;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Maps {@code price_PLAN} to each plan, as the JSON of here names prices. */
    public static final String PLANS =
            "price_free=free,price_starter=starter,price_pro=pro,price_scale=scale,price_addon=none";

    /** The event that tells a snapshot. */
    public String event(Snapshot told, String customer) {
        String type =
                switch (told.kind()) {
                    case CREATED -> "customer.subscription.created";
                    case DELETED -> "customer.subscription.deleted";
                    case UPDATED, ASKED -> "customer.subscription.updated";
                };
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("object", subscription(told, customer));
        if (told.kind() == Snapshot.Kind.UPDATED) {
            data.put("previous_attributes", previous(told.previous(), told.terms()));
        }
        return event(told.eventId(), type, told.at(), data);
    }

    /** That a subscription's period was paid for. */
    public String invoicePaid(String eventId, Instant at, String customer, Snapshot of) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("object", "line_item");
        line.put("period", period(of.terms()));
        Map<String, Object> invoice = new LinkedHashMap<>();
        invoice.put("id", "in_" + eventId);
        invoice.put("object", "invoice");
        invoice.put("customer", customer);
        invoice.put("status", "paid");
        if (this == OLD) {
            line.put("type", "subscription");
            line.put("subscription", of.subscription().id());
            invoice.put("subscription", of.subscription().id());
        } else {
            line.put(
                    "parent",
                    Map.of(
                            "type",
                            "subscription_item_details",
                            "subscription_item_details",
                            Map.of("subscription", of.subscription().id(), "proration", false)));
            invoice.put(
                    "parent",
                    Map.of(
                            "type",
                            "subscription_details",
                            "subscription_details",
                            Map.of("subscription", of.subscription().id())));
        }
        invoice.put("lines", Map.of("object", "list", "data", List.of(line)));
        return event(eventId, "invoice.paid", at, Map.of("object", invoice));
    }

    /** That a checkout was completed; fields as the session has them. */
    public String checkout(String eventId, Instant at, Map<String, ?> fields) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("id", "cs_" + eventId);
        session.put("object", "checkout.session");
        session.put("payment_status", "paid");
        session.putAll(fields);
        return event(eventId, "checkout.session.completed", at, Map.of("object", session));
    }

    /** Any other event. */
    public String other(String eventId, String type, Instant at, String customer) {
        return event(eventId, type, at, Map.of("object", Map.of("id", "x_1", "customer", customer)));
    }

    /** The subscription object. */
    Map<String, Object> subscription(Snapshot told, String customer) {
        Terms terms = told.terms();
        Map<String, Object> item = item(terms.plan());
        Map<String, Object> subscription = new LinkedHashMap<>();
        subscription.put("id", told.subscription().id());
        subscription.put("object", "subscription");
        subscription.put("customer", customer);
        subscription.put("created", told.createdAt().getEpochSecond());
        subscription.put("status", terms.status().code());
        boolean endsWithItsPeriod = Objects.equals(terms.paidUntil(), terms.periodEnd());
        subscription.put("cancel_at_period_end", endsWithItsPeriod);
        subscription.put("cancel_at", this == OLD && endsWithItsPeriod ? null : seconds(terms.paidUntil()));
        putPeriod(this == OLD ? subscription : item, terms);
        subscription.put("items", Map.of("object", "list", "data", List.of(item)));
        return subscription;
    }

    private Map<String, Object> previous(Previous before, Terms now) {
        Map<String, Object> changed = new LinkedHashMap<>();
        if (before.status() != null) {
            changed.put("status", before.status().code());
        }
        if (this == OLD && before.periodStart() != null) {
            changed.put("current_period_start", before.periodStart().getEpochSecond());
        }
        if (before.plan() != null || (this == NEW && before.periodStart() != null)) {
            Map<String, Object> item = item(before.plan() == null ? now.plan() : before.plan());
            if (this == NEW) {
                Instant start = before.periodStart() == null ? now.periodStart() : before.periodStart();
                item.put("current_period_start", start.getEpochSecond());
            }
            changed.put("items", Map.of("data", List.of(item)));
        }
        return changed;
    }

    private static void putPeriod(Map<String, Object> where, Terms terms) {
        where.put("current_period_start", terms.periodStart().getEpochSecond());
        where.put("current_period_end", terms.periodEnd().getEpochSecond());
    }

    private static Map<String, Object> period(Terms terms) {
        return Map.of(
                "start",
                terms.periodStart().getEpochSecond(),
                "end",
                terms.periodEnd().getEpochSecond());
    }

    private static Map<String, Object> item(String plan) {
        Map<String, Object> price = new LinkedHashMap<>();
        price.put("id", "price_" + plan);
        price.put("object", "price");
        price.put("lookup_key", null);
        price.put("product", "prod_" + plan);
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("id", "si_" + plan);
        item.put("object", "subscription_item");
        item.put("price", price);
        item.put("quantity", 1);
        return item;
    }

    private static String event(String id, String type, Instant at, Map<String, ?> data) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("id", id);
        event.put("object", "event");
        event.put("type", type);
        event.put("created", at.getEpochSecond());
        event.put("api_version", "2025-03-31.basil");
        event.put("livemode", false);
        event.put("data", data);
        return write(event);
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Long seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }
}
