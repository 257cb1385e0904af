package io.creditrefresh.api;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;

/** Sends writes as somebody, under a key or none. */
public record Writing(String token, String key) {

    public static Writing as(String token) {
        return new Writing(token, "");
    }

    public Writing under(String idempotencyKey) {
        return new Writing(token, idempotencyKey);
    }

    /** Posts JSON, written with single quotes. */
    public ValidatableResponse post(String path, String body) {
        var request = given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(body.replace('\'', '"'));
        return (key.isEmpty() ? request : request.header("Idempotency-Key", key))
                .post(path)
                .then();
    }
}
