package io.creditrefresh.billing.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import io.creditrefresh.billing.signature.WebhookSignature.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final String BODY = "{\"id\": \"evt_1\", \"amount\": \"5 €\"}";

    @Test
    void acceptsWhatStripesLibrarySigns() {
        assertThat(verdict("t=1700000000,v1=" + signature("new", 1_700_000_000)))
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void acceptsAnyOfSeveralSignaturesAndSecrets() {
        String header = "t=1700000000, v1=%s,v1=%s,v0=abc"
                .formatted(signature("unknown", 1_700_000_000), signature("old", 1_700_000_000));

        assertThat(verdict(header)).isEqualTo(Verdict.VALID);
    }

    @ParameterizedTest
    @CsvSource({"1699999700, VALID", "1700000300, VALID", "1699999699, STALE", "1700000301, STALE", "0, STALE"})
    void acceptsFiveMinutesInBothDirections(long signedAt, Verdict verdict) {
        assertThat(verdict("t=%d,v1=%s".formatted(signedAt, signature("new", signedAt))))
                .isEqualTo(verdict);
    }

    @Test
    void refusesAnotherBodyAnotherSecretAndNoSecret() {
        String header = "t=1700000000,v1=" + signature("new", 1_700_000_000);

        assertThat(WebhookSignature.verify(bytes(BODY + " "), header, List.of("new"), NOW))
                .isEqualTo(Verdict.WRONG);
        assertThat(WebhookSignature.verify(bytes(BODY), header, List.of("other"), NOW))
                .isEqualTo(Verdict.WRONG);
        assertThat(WebhookSignature.verify(bytes(BODY), header, List.of(), NOW)).isEqualTo(Verdict.WRONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "junk",
                "t=",
                "t=1700000000",
                "v1=00",
                "t=x,v1=x",
                "t=1700000000,v1=",
                "t=1700000000,v1=zz",
                "t=1700000000,t=1700000000,v1=SIGNED",
                "t=99999999999999999999,v1=SIGNED",
                "t=-1,v1=SIGNED",
                "t=1700000000,v1=SIGNED,v1=not-hexadecimal",
                "t==1700000000,v1=SIGNED"
            })
    void refusesAHeaderThatIsNoneOfTheScheme(String header) {
        assertThat(verdict(header.replace("SIGNED", signature("new", 1_700_000_000))))
                .isEqualTo(Verdict.MALFORMED);
        assertThat(verdict(null)).isEqualTo(Verdict.MALFORMED);
        assertThat(verdict("t=1700000000,v1=00".repeat(1_000))).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void throwsForNoHeader() {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        String alphabet = "t=v10,1700000000 abcdef\u0000é=,";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder header = new StringBuilder(random.nextBoolean() ? "t=1700000000,v1=" : "");
            random.ints(random.nextInt(100), 0, alphabet.length())
                    .forEach(each -> header.append(alphabet.charAt(each)));

            assertThat(verdict(header.toString()))
                    .as("-Dseed=%d: %s", seed, header)
                    .isNotEqualTo(Verdict.VALID);
        }
    }

    private static Verdict verdict(@Nullable String header) {
        return WebhookSignature.verify(bytes(BODY), header, List.of("new", "old"), NOW);
    }

    private static String signature(String secret, long signedAt) {
        try {
            return Webhook.Util.computeHmacSha256(secret, signedAt + "." + BODY);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
