package io.creditrefresh.api.billing;

import static io.restassured.RestAssured.given;

import io.creditrefresh.billing.signature.WebhookSignature;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;

/** Delivers as a provider does. */
public final class Deliveries {

    public static final String SECRET = "whsec_of_tests";

    private static final String STRIPE = "/api/webhooks/billing";

    private Deliveries() {}

    /** An event of Stripe's, signed now. */
    public static ValidatableResponse deliver(String body) {
        return deliver(body.getBytes(StandardCharsets.UTF_8), header(body, SECRET, now()));
    }

    /** A body with a header as they are. */
    public static ValidatableResponse deliver(byte[] body, String header) {
        return given().header("Stripe-Signature", header)
                .contentType("application/json")
                .body(body)
                .post(STRIPE)
                .then();
    }

    /** An event of the plain shape, signed now. */
    public static ValidatableResponse deliverPlain(String body) {
        return given().header("Webhook-Signature", header(body, SECRET, now()))
                .contentType("application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post(STRIPE + "/acme")
                .then();
    }

    /** The header that signs a body. */
    public static String header(String body, String secret, Instant at) {
        return WebhookSignature.sign(body.getBytes(StandardCharsets.UTF_8), secret, at);
    }

    static Instant now() {
        return InstantSource.system().instant();
    }
}
