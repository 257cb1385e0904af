package io.creditrefresh.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.provider.BillingProvider.Asked;
import io.creditrefresh.ledger.provider.BillingProvider.Page;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.NotUnderstoodException;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.ProviderUnavailableException;
import io.creditrefresh.ledger.provider.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeApiTest {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");

    private final FakeStripe stripe = new FakeStripe();

    @AfterEach
    void close() {
        stripe.close();
    }

    @ParameterizedTest
    @EnumSource
    void answersWithTheSubscriptionsOfACustomerAsTheyAreNow(StripeJson shape) {
        FakeSubscription subscription = FakeSubscription.of("sub_1", "starter", ProviderStatus.ACTIVE, AT);
        stripe.speaking(shape).has("cus_1", subscription.changedTo("pro", AT.plusSeconds(60)));
        stripe.has(
                "cus_2",
                FakeSubscription.of("sub_2", "scale", ProviderStatus.ACTIVE, AT).created());

        List<Asked> asked = api().subscriptionsOf("cus_1");

        assertThat(asked).hasSize(1);
        Snapshot snapshot = asked.get(0).snapshot();
        assertThat(asked.get(0).customerId()).isEqualTo("cus_1");
        assertThat(snapshot.terms()).isEqualTo(subscription.terms());
        assertThat(snapshot.createdAt()).isEqualTo(AT);
        assertThat(snapshot.kind()).isEqualTo(Snapshot.Kind.ASKED);
        assertThat(snapshot.previous()).isEqualTo(Previous.NOTHING);
        assertThat(Duration.between(snapshot.at(), InstantSource.system().instant()))
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void followsThePages() {
        for (int i = 0; i < 250; i++) {
            stripe.has(
                    "cus_1",
                    FakeSubscription.of("sub_" + i, "pro", ProviderStatus.CANCELED, AT)
                            .created());
        }
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            Page page = api().page(next);
            page.subscriptions()
                    .forEach(each -> ids.add(each.snapshot().subscription().id()));
            next = page.next();
        } while (!next.isEmpty());

        assertThat(api().subscriptionsOf("cus_1")).hasSize(250);
        assertThat(ids).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void namesSubscriptionsOfManyThatItDoesNotUnderstandAndGoesOn() {
        stripe.has(
                "cus_1",
                FakeSubscription.of("sub_1", "unmapped", ProviderStatus.ACTIVE, AT)
                        .created());
        stripe.has(
                "cus_2",
                FakeSubscription.of("sub_2", "pro", ProviderStatus.ACTIVE, AT).created());

        Page page = api().page("");

        assertThat(page.subscriptions()).hasSize(1);
        assertThat(page.skipped())
                .containsExactly("subscription sub_1: none of [price_unmapped, prod_unmapped] is in"
                        + " credits.billing.stripe.plans");
        assertThatThrownBy(() -> api().subscriptionsOf("cus_1"))
                .isInstanceOf(NotUnderstoodException.class)
                .hasMessageContaining("price_unmapped");
    }

    @Test
    void leavesSubscriptionsAloneThatAreOverAndWhosePriceNobodyKnowsAnyMore() {
        stripe.has(
                "cus_1",
                FakeSubscription.of("sub_1", "ancient", ProviderStatus.CANCELED, AT)
                        .created());

        assertThat(api().subscriptionsOf("cus_1")).isEmpty();
    }

    @Test
    void takesACustomerThatIsGoneForOneWithoutSubscriptions() {
        stripe.answering(400, "{\"error\": {\"code\": \"resource_missing\"}}");

        assertThat(api().subscriptionsOf("cus_1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 429, 500, 503})
    void isUnavailableWhenItAnswersWithAnError(int status) {
        stripe.answering(status, "{\"error\": {\"code\": \"something\"}}");

        assertThatThrownBy(() -> api().subscriptionsOf("cus_1"))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessage("Stripe answered " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "{\"data\": 7}", "{\"data\": [{\"status\": \"active\"}]}"})
    void isUnavailableWhenItAnswersWithSomethingElse(String body) {
        stripe.answering(200, body);

        assertThatThrownBy(() -> api().subscriptionsOf("cus_1")).isInstanceOf(ProviderUnavailableException.class);
    }

    @Test
    void isUnavailableWhenItAnswersWithTooMuch() {
        stripe.answering(200, "{\"data\": [\"" + "x".repeat(9 * 1024 * 1024) + "\"]}");

        assertThatThrownBy(() -> api().subscriptionsOf("cus_1"))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void isUnavailableWhenItDoesNotAnswerInTime() {
        stripe.silentOnce();
        StripeApi impatient =
                new StripeApi(stripe.url(), FakeStripe.KEY, Duration.ofMillis(200), PlanMap.parse(StripeJson.PLANS));

        assertThatThrownBy(() -> impatient.subscriptionsOf("cus_1"))
                .isInstanceOf(ProviderUnavailableException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void neverShowsItsKey() {
        StripeApi refused =
                new StripeApi(stripe.url(), "sk_live_secret", Duration.ofSeconds(5), PlanMap.parse(StripeJson.PLANS));

        assertThat(refused.toString()).doesNotContain("secret");
        assertThatThrownBy(() -> refused.subscriptionsOf("cus_1"))
                .hasMessage("Stripe answered 401")
                .hasNoCause();
    }

    private StripeApi api() {
        return new StripeApi(stripe.url(), FakeStripe.KEY, Duration.ofSeconds(5), PlanMap.parse(StripeJson.PLANS));
    }
}
