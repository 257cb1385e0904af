package io.creditrefresh.ledger.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CreditEventCodecTest {

    @Test
    void writesACloudEventInStructuredMode() {
        assertThat(encoded(CreditEventType.LOW, null, null)).isEqualTo("""
                        {"specversion":"1.0","id":"17-42-low","source":"/credit-refresh",\
                        "type":"io.creditrefresh.credit.balance.low","subject":"b\\"ob","time":"2026-11-20T10:00:00Z",\
                        "partitionkey":"17","datacontenttype":"application/json","data":{"userId":"b\\"ob",\
                        "accountId":17,"kind":"credits","seq":42,"entryType":"CONSUME","amount":-5,"balance":200,\
                        "limit":1000,"periodStart":"2026-11-01T00:00:00Z","periodEnd":"2026-12-01T00:00:00Z"}}""");
    }

    @Test
    void saysOfARefreshWhatItGaveAndTook() {
        assertThat(encoded(CreditEventType.REFRESHED, null, null))
                .contains("\"type\":\"io.creditrefresh.credit.refreshed\"")
                .endsWith("\"granted\":1,\"lapsed\":2,\"carried\":3}}");
    }

    @Test
    void saysOfAChangeOfPlanWhichTheyWere() {
        assertThat(encoded(CreditEventType.PLAN_CHANGED, "free", "pro"))
                .contains("\"id\":\"17-42-plan_changed\"", "\"type\":\"io.creditrefresh.credit.plan.changed\"")
                .endsWith("\"planBefore\":\"free\",\"plan\":\"pro\"}}");
    }

    private static String encoded(CreditEventType type, String planBefore, String plan) {
        CreditEvent event = new CreditEvent(
                1,
                type,
                17,
                "b\"ob",
                "credits",
                42,
                "CONSUME",
                Instant.parse("2026-11-20T10:00:00Z"),
                new CreditEvent.Amounts(-5, 200, 1, 2, 3),
                1_000,
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                planBefore,
                plan);
        return new String(CreditEventCodec.encode(event), StandardCharsets.UTF_8);
    }
}
