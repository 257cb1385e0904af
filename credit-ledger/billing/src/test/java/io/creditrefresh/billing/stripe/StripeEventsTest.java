package io.creditrefresh.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.EventDataObjectDeserializationException;
import com.stripe.model.Event;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.net.ApiResource;
import io.creditrefresh.billing.UnreadableEventException;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.provider.BillingEvent.Customer;
import io.creditrefresh.ledger.provider.BillingEvent.CustomerNamed;
import io.creditrefresh.ledger.provider.BillingEvent.InvoicePaid;
import io.creditrefresh.ledger.provider.BillingEvent.NothingToDo;
import io.creditrefresh.ledger.provider.BillingEvent.Pack;
import io.creditrefresh.ledger.provider.BillingEvent.PacksBought;
import io.creditrefresh.ledger.provider.BillingEvent.SubscriptionTold;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeEventsTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    private static final StripeEvents EVENTS =
            new StripeEvents(PlanMap.parse(StripeJson.PLANS), PackMap.parse("price_pack=1000,price_roasts=roast:50"));

    @ParameterizedTest
    @EnumSource
    void readsEveryChangeOfASubscriptionInBothShapes(StripeJson shape) {
        for (Snapshot told : life()) {
            BillingEvent event = read(shape.event(told, "cus_1"));

            assertThat(event.customer()).isEqualTo(new Customer("cus_1", null));
            assertThat(event.occurredAt()).isEqualTo(told.at());
            assertThat(event.content()).isEqualTo(new SubscriptionTold(told));
        }
    }

    @Test
    void isTestedWithWhatStripesOwnLibraryReads() throws EventDataObjectDeserializationException {
        Snapshot told = life().get(2);

        Event event = ApiResource.GSON.fromJson(StripeJson.NEW.event(told, "cus_1"), Event.class);
        Subscription subscription =
                (Subscription) event.getDataObjectDeserializer().deserializeUnsafe();
        Event paid = ApiResource.GSON.fromJson(StripeJson.NEW.invoicePaid("evt_9", AT, "cus_1", told), Event.class);
        Invoice invoice = (Invoice) paid.getDataObjectDeserializer().deserializeUnsafe();

        assertThat(event.getCreated()).isEqualTo(told.at().getEpochSecond());
        assertThat(subscription.getCustomer()).isEqualTo("cus_1");
        assertThat(subscription.getStatus()).isEqualTo("active");
        assertThat(subscription.getItems().getData().get(0).getPrice().getId()).isEqualTo("price_pro");
        assertThat(subscription.getItems().getData().get(0).getCurrentPeriodEnd())
                .isEqualTo(told.terms().periodEnd().getEpochSecond());
        assertThat(invoice.getParent().getSubscriptionDetails().getSubscription())
                .isEqualTo("sub_1");
    }

    @ParameterizedTest
    @EnumSource
    void findsTheSubscriptionOfAnInvoiceInBothPlaces(StripeJson shape) {
        BillingEvent event = read(shape.invoicePaid("evt_9", AT, "cus_1", life().get(0)));

        assertThat(event.content()).isEqualTo(new InvoicePaid("sub_1"));
    }

    @Test
    void findsTheSubscriptionInTheLinesOfAnInvoiceThatHasItOnlyThere() {
        BillingEvent event = read("""
                {"id": "evt_1", "type": "invoice.paid", "created": 1, "data": {"object": {"customer": "cus_1",
                    "lines": {"data": [{"type": "invoiceitem"}, {"type": "subscription", "subscription": "sub_7"}]}}}}
                """);

        assertThat(event.content()).isEqualTo(new InvoicePaid("sub_7"));
    }

    @Test
    void takesTheFirstItemThatIsMappedToAPlan() {
        BillingEvent event = read(subscription("""
                {"price": {"id": "price_addon", "product": "prod_x"}, "current_period_start": 1, "current_period_end": 2},
                {"price": {"id": "price_new", "lookup_key": "price_pro", "product": {"id": "prod_y"}},
                    "current_period_start": 100, "current_period_end": 200}
                """));

        SubscriptionTold told = (SubscriptionTold) event.content();
        assertThat(told.snapshot().terms().plan()).isEqualTo("pro");
        assertThat(told.snapshot().terms().periodStart()).isEqualTo(Instant.ofEpochSecond(100));
    }

    @Test
    void saysWhichPriceIsMissingInTheMap() {
        assertThatThrownBy(() -> read(subscription(
                        "{\"price\": {\"id\": \"price_7\", \"product\": \"prod_7\"}, \"current_period_start\": 1}")))
                .isInstanceOf(UnmappedPriceException.class)
                .hasMessage("none of [price_7, prod_7] is in credits.billing.stripe.plans");
    }

    @Test
    void leavesASubscriptionAloneThatSellsNoPlan() {
        BillingEvent event = read(subscription("{\"price\": {\"id\": \"price_addon\"}, \"current_period_start\": 1}"));

        assertThat(event.content()).isInstanceOfSatisfying(NothingToDo.class, nothing -> assertThat(nothing.isHandled())
                .isTrue());
    }

    @Test
    void countsAPlanThatIsNewBesideAnAddOnFromFree() {
        Snapshot told = FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, AT)
                .changed("pro", ProviderStatus.ACTIVE, null, AT.plusSeconds(60));
        String json = StripeJson.NEW
                .event(told, "cus_1")
                .replace(
                        "\"previous_attributes\":{}",
                        "\"previous_attributes\":{\"items\":{\"data\":[{\"price\":{\"id\":\"price_addon\"}}]}}");

        assertThat(((SubscriptionTold) read(json).content()).snapshot().previous())
                .isEqualTo(Previous.plan("free"));
    }

    @Test
    void takesAnItemThatOnlyItsQuantityIsToldOfForNoChangeOfPlan() {
        Snapshot told = FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, AT)
                .changed("pro", ProviderStatus.ACTIVE, null, AT.plusSeconds(60));
        String json = StripeJson.NEW
                .event(told, "cus_1")
                .replace(
                        "\"previous_attributes\":{}",
                        "\"previous_attributes\":{\"items\":{\"data\":[{\"quantity\":2}]}}");

        assertThat(((SubscriptionTold) read(json).content()).snapshot().previous())
                .isEqualTo(Previous.NOTHING);
    }

    @Test
    void readsTheOldPlanOfASubscriptionWithOneItem() {
        Snapshot told = FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, AT)
                .changed("pro", ProviderStatus.ACTIVE, null, AT.plusSeconds(60));
        String json = StripeJson.OLD
                .event(told, "cus_1")
                .replace(
                        "\"previous_attributes\":{}",
                        "\"previous_attributes\":{\"plan\":{\"id\":\"price_starter\",\"product\":\"prod_1\"}}");

        assertThat(((SubscriptionTold) read(json).content()).snapshot().previous())
                .isEqualTo(Previous.plan("starter"));
    }

    @Test
    void addsBoughtPacksFromTheMetadataOfACheckout() {
        BillingEvent event = read(StripeJson.NEW.checkout(
                "evt_1",
                AT,
                Map.of(
                        "mode",
                        "payment",
                        "client_reference_id",
                        "user-1",
                        "metadata",
                        Map.of("credit_pack", "price_pack", "credit_pack_quantity", "3"))));

        assertThat(event.customer()).isEqualTo(new Customer(null, "user-1"));
        assertThat(event.content())
                .isEqualTo(new PacksBought("cs_evt_1", List.of(new Pack(CreditKind.CREDITS, 3_000))));
    }

    @Test
    void addsBoughtPacksFromLineItemsThatAreThere() {
        BillingEvent event = read(StripeJson.NEW.checkout(
                "evt_1",
                AT,
                Map.of(
                        "mode",
                        "payment",
                        "customer",
                        "cus_1",
                        "line_items",
                        Map.of(
                                "data",
                                List.of(
                                        Map.of("quantity", 2, "price", Map.of("id", "price_roasts")),
                                        Map.of("quantity", 1, "price", Map.of("id", "price_tshirt")))))));

        assertThat(event.content()).isEqualTo(new PacksBought("cs_evt_1", List.of(new Pack(CreditKind.ROAST, 100))));
    }

    @Test
    void addsNothingThatIsNotPaidYet() {
        BillingEvent event = read(StripeJson.NEW.checkout(
                "evt_1",
                AT,
                Map.of(
                        "mode",
                        "payment",
                        "payment_status",
                        "unpaid",
                        "metadata",
                        Map.of("credit_pack", "price_pack"))));

        assertThat(event.content()).isEqualTo(new CustomerNamed());
    }

    @Test
    void readsWhoACustomerIsFromTheCheckoutOfASubscription() {
        BillingEvent event = read(StripeJson.NEW.checkout(
                "evt_1", AT, Map.of("mode", "subscription", "customer", "cus_1", "client_reference_id", "user-1")));

        assertThat(event.customer()).isEqualTo(new Customer("cus_1", "user-1"));
        assertThat(event.content()).isEqualTo(new CustomerNamed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "10001", "many", ""})
    void refusesAQuantityThatIsNone(String quantity) {
        String json = StripeJson.NEW.checkout(
                "evt_1",
                AT,
                Map.of(
                        "mode",
                        "payment",
                        "metadata",
                        Map.of("credit_pack", "price_pack", "credit_pack_quantity", quantity)));

        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEventException.class);
    }

    @Test
    void doesNothingForARefundedChargeAndAFailedPayment() {
        assertThat(nothing("charge.refunded")).isTrue();
        assertThat(nothing("invoice.payment_failed")).isTrue();
        assertThat(nothing("customer.updated")).isFalse();
    }

    private static boolean nothing(String type) {
        return ((NothingToDo)
                        read(StripeJson.NEW.other("evt_1", type, AT, "cus_1")).content())
                .isHandled();
    }

    @Test
    void saysWhatIsWrongWithoutTheValue() {
        String json = StripeJson.NEW.event(life().get(0), "cus_1").replace("\"active\"", "\"secret\"");

        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessage("data.object.status is not a status that is known");
    }

    /** Whatever is in an event, it is read or refused in the two ways that its caller knows. */
    @Test
    void refusesEveryMutilatedEventInAKnownWay() {
        Random random = new Random(Long.getLong("seed", 1));
        List<String> events = new ArrayList<>();
        life().forEach(told -> events.add(StripeJson.NEW.event(told, "cus_1")));
        life().forEach(told -> events.add(StripeJson.OLD.event(told, "cus_1")));
        events.add(StripeJson.NEW.invoicePaid("evt_9", AT, "cus_1", life().get(0)));
        String[] values = {"null", "\"\"", "{}", "[]", "-1", "1e400", "9223372036854775808", "true", "\"\\u0000\"", "x"
        };
        for (int i = 0; i < 20_000; i++) {
            String event = events.get(random.nextInt(events.size()));
            int colon = event.indexOf(':', random.nextInt(event.length()));
            int end = Math.max(event.indexOf(',', colon), event.indexOf('}', colon));
            String mutilated = colon < 0 || end < 0
                    ? event.substring(0, random.nextInt(event.length()))
                    : event.substring(0, colon + 1) + values[random.nextInt(values.length)] + event.substring(end);
            try {
                read(mutilated);
            } catch (UnreadableEventException | UnmappedPriceException e) {
                assertThat(e).hasMessageNotContaining("\u0000");
            }
        }
    }

    private static List<Snapshot> life() {
        FakeSubscription subscription = FakeSubscription.of("sub_1", "starter", ProviderStatus.ACTIVE, AT);
        List<Snapshot> life = new ArrayList<>();
        life.add(subscription.created());
        life.add(subscription.changedTo(ProviderStatus.PAST_DUE, AT.plus(Duration.ofDays(1))));
        life.add(subscription.changed("pro", ProviderStatus.ACTIVE, null, AT.plus(Duration.ofDays(2))));
        life.add(subscription.renewed(AT.plus(Duration.ofDays(31))));
        life.add(subscription.endingWithItsPeriod(AT.plus(Duration.ofDays(32))));
        life.add(subscription.changed("pro", ProviderStatus.ACTIVE, AT.plus(Duration.ofDays(99)), AT.plusSeconds(1)));
        life.add(subscription.deleted(AT.plus(Duration.ofDays(62))));
        return life;
    }

    private static String subscription(String items) {
        return """
                {"id": "evt_1", "type": "customer.subscription.updated", "created": 1, "data": {"object": {"id": "sub_1",
                    "customer": {"id": "cus_1", "object": "customer"}, "status": "active", "created": 1,
                    "items": {"data": [%s]}}}}
                """.formatted(items);
    }

    private static BillingEvent read(String json) {
        return EVENTS.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
