package io.creditrefresh.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent.Pack;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapsTest {

    @Test
    void findsThePlanOfTheFirstIdThatIsMapped() {
        PlanMap plans = PlanMap.parse("price_1=starter, prod_2=pro");

        assertThat(plans.find(List.of("price_9", "prod_2"))).contains("pro");
        assertThat(plans.find(List.of("price_9"))).isEmpty();
    }

    @Test
    void findsThePackOfAnId() {
        PackMap packs = PackMap.parse("price_1=1000,prod_2=analysis:500");

        assertThat(packs.find(List.of("price_1"))).contains(new Pack(CreditKind.CREDITS, 1_000));
        assertThat(packs.find(List.of("prod_2"))).contains(new Pack(CreditKind.ANALYSIS, 500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"price_1", "price_1=", "=pro", "price_1=Pro", "price_1=pro,price_1=starter", "a=b,,c=d"})
    void refusesAMapOfPlansThatIsNone(String text) {
        assertThatThrownBy(() -> PlanMap.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allowed: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"price_1=0", "price_1=1000000001", "price_1=gold:5", "price_1=-5", "price_1=5,price_1=6"})
    void refusesAMapOfPacksThatIsNone(String text) {
        assertThatThrownBy(() -> PackMap.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
