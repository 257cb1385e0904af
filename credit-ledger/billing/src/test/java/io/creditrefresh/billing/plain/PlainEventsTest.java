package io.creditrefresh.billing.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
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
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.SubscriptionKey;
import io.creditrefresh.ledger.provider.Terms;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainEventsTest {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(Objects.requireNonNull(PlainEvents.class.getResourceAsStream("billing-event.schema.json")));

    private static final String UPDATED = """
            {
              "id": "evt-2", "type": "subscription.updated", "occurredAt": "2026-03-01T10:00:00+01:00",
              "customerId": "c-1", "userId": "user-1",
              "subscription": {
                "id": "s-1", "plan": "pro", "status": "active", "createdAt": "2026-02-01T09:00:00Z",
                "periodStart": "2026-03-01T09:00:00Z", "periodEnd": "2026-04-01T09:00:00Z"
              },
              "previous": {"plan": "starter", "status": "past_due", "periodStart": "2026-02-01T09:00:00Z"}
            }
            """;

    @Test
    void readsAChangeOfASubscription() {
        BillingEvent event = read(UPDATED);

        assertThat(event)
                .isEqualTo(new BillingEvent(
                        "acme",
                        "evt-2",
                        "subscription.updated",
                        at("2026-03-01T09:00:00Z"),
                        new Customer("c-1", "user-1"),
                        new SubscriptionTold(new Snapshot(
                                new SubscriptionKey("acme", "s-1"),
                                "evt-2",
                                Snapshot.Kind.UPDATED,
                                at("2026-03-01T09:00:00Z"),
                                at("2026-02-01T09:00:00Z"),
                                new Terms(
                                        "pro",
                                        ProviderStatus.ACTIVE,
                                        at("2026-03-01T09:00:00Z"),
                                        at("2026-04-01T09:00:00Z"),
                                        null),
                                new Previous("starter", ProviderStatus.PAST_DUE, at("2026-02-01T09:00:00Z"))))));
    }

    @Test
    void readsASubscriptionThatHasEndedAsCanceled() {
        BillingEvent event = read(
                UPDATED.replace("subscription.updated", "subscription.ended").replace("\"status\": \"active\", ", ""));

        SubscriptionTold told = (SubscriptionTold) event.content();
        assertThat(told.snapshot().kind()).isEqualTo(Snapshot.Kind.DELETED);
        assertThat(told.snapshot().terms().status()).isEqualTo(ProviderStatus.CANCELED);
        assertThat(told.snapshot().previous()).isEqualTo(Previous.NOTHING);
    }

    @Test
    void readsWhenASubscriptionEndsThatDoesNotRenewItself() {
        BillingEvent event =
                read(UPDATED.replace("\"plan\": \"pro\"", "\"plan\": \"pro\", \"endsAt\": \"2026-04-01T09:00:00Z\""));

        assertThat(((SubscriptionTold) event.content()).snapshot().terms().paidUntil())
                .isEqualTo(at("2026-04-01T09:00:00Z"));
    }

    @Test
    void readsPaymentsPurchasesAndCustomers() {
        assertThat(content("subscription.paid", "'subscription': {'id': 's-1'}"))
                .isEqualTo(new InvoicePaid("s-1"));
        assertThat(content(
                        "credits.purchased",
                        "'purchase': {'id': 'p-1', 'packs': [{'credits': 5}, {'kind': 'roast', 'credits': 7}]}"))
                .isEqualTo(new PacksBought(
                        "p-1", List.of(new Pack(CreditKind.CREDITS, 5), new Pack(CreditKind.ROAST, 7))));
        assertThat(content("customer.linked", "'more': 1")).isEqualTo(new CustomerNamed());
        assertThat(content("invoice.sent", "'more': 1")).isInstanceOf(NothingToDo.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'purchase': {'id': 'p-1', 'packs': []}",
                "'purchase': {'id': 'p-1', 'packs': [{'credits': 0}]}",
                "'purchase': {'id': 'p-1', 'packs': [{'credits': 1000000001}]}",
                "'purchase': {'id': 'p-1', 'packs': [{'credits': 1.5}]}",
                "'purchase': {'id': 'p-1', 'packs': [{'kind': 'gold', 'credits': 1}]}",
                "'purchase': {'packs': [{'credits': 1}]}",
                "'more': 1"
            })
    void refusesAPurchaseThatIsNone(String fields) {
        String json = event("credits.purchased", fields);

        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isNotEmpty();
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEventException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"plan\": \"pro\"",
                "\"id\": \"s-1\"",
                "\"status\": \"active\"",
                "\"periodStart\": \"2026-03-01T09:00:00Z\"",
                "\"createdAt\": \"2026-02-01T09:00:00Z\""
            })
    void refusesASubscriptionThatLacksSomething(String field) {
        String json = UPDATED.replace(field, "\"x\": \"x\"");

        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isNotEmpty();
        assertThatThrownBy(() -> read(json)).isInstanceOf(UnreadableEventException.class);
    }

    private static BillingEvent.Content content(String type, String fields) {
        return read(event(type, fields)).content();
    }

    private static String event(String type, String fields) {
        return "{'id': 'evt-1', 'type': '%s', 'occurredAt': '2026-03-01T09:00:00Z', 'userId': 'user-1', %s}"
                .formatted(type, fields)
                .replace('\'', '"');
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }

    /** What is read has the documented shape. */
    private static BillingEvent read(String json) {
        BillingEvent event = new PlainEvents("acme").read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(SCHEMA.validate(json, InputFormat.JSON)).isEmpty();
        return event;
    }
}
