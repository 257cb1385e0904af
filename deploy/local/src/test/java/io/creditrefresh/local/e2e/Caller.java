package io.creditrefresh.local.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Somebody who calls services over HTTP: the bearer of a token, or nobody in particular. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Map<String, String> headers;

    private Caller(Map<String, String> headers) {
        this.headers = headers;
    }

    static Caller nobody() {
        return new Caller(Map.of());
    }

    static Caller with(String token) {
        return new Caller(Map.of("Authorization", "Bearer " + token));
    }

    /** A billing provider. */
    static Caller signed(String signature) {
        return new Caller(Map.of("Webhook-Signature", signature));
    }

    Answer get(String url) throws IOException, InterruptedException {
        return call("GET", url, "");
    }

    /** Sends {@code body} as JSON, under a key of its own; an empty one is none. */
    Answer call(String method, String url, String body) throws IOException, InterruptedException {
        return call(method, url, body, UUID.randomUUID().toString());
    }

    /** The same under a key that was perhaps used before. */
    Answer call(String method, String url, String body, String key) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(method, url, "application/json", body);
        return send(request.header("Idempotency-Key", key));
    }

    /** Sends what {@code curl} would, and no more; an empty body is none. */
    Answer callAsCurl(String method, String url, String contentType, String body)
            throws IOException, InterruptedException {
        return send(request(method, url, contentType, body)
                .header("User-Agent", "curl/8.5.0")
                .header("Accept", "*/*"));
    }

    private HttpRequest.Builder request(String method, String url, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT);
        headers.forEach(request::header);
        return body.isEmpty()
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", contentType).method(method, BodyPublishers.ofString(body));
    }

    private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
        String contentType = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(), contentType, response.body());
    }

    /** What came back; texts that are absent are empty. */
    record Answer(int status, String contentType, String body) {

        boolean isRefusal() {
            return status >= 400;
        }

        /** For people: long bodies are cut. */
        String brief() {
            return "%d %s %.200s".formatted(status, contentType, body);
        }

        /** A missing node when the body is no JSON. */
        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                return JSON.missingNode();
            }
        }
    }
}
