package io.creditrefresh.billing.stripe;

import io.creditrefresh.billing.Field;
import io.creditrefresh.billing.UnreadableEventException;
import io.creditrefresh.ledger.provider.BillingProvider;
import io.creditrefresh.ledger.provider.NotUnderstoodException;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderUnavailableException;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.SubscriptionKey;
import io.creditrefresh.ledger.provider.Terms;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks Stripe for subscriptions. One question is one request: whoever asks decides whether to ask again.
 *
 * @see <a href="https://docs.stripe.com/api/subscriptions/list">List subscriptions</a>
 */
public final class StripeApi implements BillingProvider {

    /** So that an upgrade of the account at Stripe changes nothing here. */
    private static final String VERSION = "2025-03-31.basil";

    private static final int PAGE = 100;
    private static final int PAGES_OF_CUSTOMER_MAX = 20;
    private static final int BODY_MAX = 8 * 1024 * 1024;

    private final String url;
    private final String apiKey;
    private final Duration timeout;
    private final SubscriptionReader subscriptions;
    private final HttpClient client;
    private final InstantSource realTime = InstantSource.system();

    /**
     * A client that has asked nothing yet.
     *
     * @param url without a path
     * @param timeout of one request with its answer
     */
    public StripeApi(String url, String apiKey, Duration timeout, PlanMap plans) {
        this.url = url;
        this.apiKey = apiKey;
        this.timeout = timeout;
        this.subscriptions = new SubscriptionReader(plans);
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public String name() {
        return StripeEvents.PROVIDER;
    }

    @Override
    public List<Asked> subscriptionsOf(String customerId) {
        List<Asked> all = new ArrayList<>();
        String after = "";
        for (int page = 0; page < PAGES_OF_CUSTOMER_MAX; page++) {
            Page answer = ask(after, "&customer=" + URLEncoder.encode(customerId, StandardCharsets.UTF_8));
            if (!answer.skipped().isEmpty()) {
                throw new NotUnderstoodException(String.join("; ", answer.skipped()));
            }
            all.addAll(answer.subscriptions());
            after = answer.next();
            if (after.isEmpty()) {
                return all;
            }
        }
        throw new NotUnderstoodException("a customer with more than " + all.size() + " subscriptions");
    }

    @Override
    public Page page(String after) {
        return ask(after, "");
    }

    private Page ask(String after, String filter) {
        String cursor = after.isEmpty() ? "" : "&starting_after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        long askedAtNanos = System.nanoTime();
        HttpResponse<byte[]> answer = send("/v1/subscriptions?status=all&limit=" + PAGE + filter + cursor);
        try {
            Field body = Field.parse(answer.body());
            if (answer.statusCode() == 200) {
                Duration elapsed = Duration.ofNanos(System.nanoTime() - askedAtNanos);
                // What has changed while it answered may not be in it.
                return page(body, answeredAt(answer).minus(elapsed));
            }
            // A customer that was deleted has none.
            if (answer.statusCode() < 500 && body.at("error", "code").is("resource_missing") && after.isEmpty()) {
                return new Page(List.of(), List.of(), "");
            }
        } catch (UnreadableEventException e) {
            throw new ProviderUnavailableException(
                    "Stripe answered %d, and not so that it is understood: %s"
                            .formatted(answer.statusCode(), e.getMessage()),
                    e);
        }
        throw new ProviderUnavailableException("Stripe answered " + answer.statusCode());
    }

    private HttpResponse<byte[]> send(String pathAndQuery) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + pathAndQuery))
                .header("Authorization", "Bearer " + apiKey)
                .header("Stripe-Version", VERSION)
                .timeout(timeout)
                .build();
        // The request's own timeout ends with the headers of the answer.
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, headers -> new BoundedBody(BODY_MAX));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new ProviderUnavailableException("Stripe does not answer: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new ProviderUnavailableException("Stripe does not answer within " + timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderUnavailableException("interrupted while Stripe was asked", e);
        } finally {
            answer.cancel(true);
        }
    }

    /** By the provider's own clock, as events are. */
    private Instant answeredAt(HttpResponse<byte[]> answer) {
        try {
            return ZonedDateTime.parse(
                            answer.headers().firstValue("Date").orElse(""), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            throw new ProviderUnavailableException("Stripe answered without its time", e);
        }
    }

    private Page page(Field list, Instant at) {
        List<Asked> asked = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        String last = "";
        for (Field subscription : list.get("data").elements()) {
            last = subscription.get("id").text();
            try {
                asked(subscription, at).ifPresent(asked::add);
            } catch (UnmappedPriceException | UnreadableEventException e) {
                if (!isOver(subscription)) {
                    skipped.add("subscription " + last + ": " + e.getMessage());
                }
            }
        }
        return new Page(asked, skipped, list.get("has_more").isTrue() ? last : "");
    }

    private Optional<Asked> asked(Field subscription, Instant at) {
        Optional<Terms> terms = subscriptions.terms(subscription);
        Optional<String> customer = subscription.get("customer").id();
        if (terms.isEmpty() || customer.isEmpty()) {
            return Optional.empty();
        }
        String id = subscription.get("id").text();
        return Optional.of(new Asked(
                customer.get(),
                new Snapshot(
                        new SubscriptionKey(StripeEvents.PROVIDER, id),
                        // Of two answers of one second, the later one.
                        "asked:%s:%d".formatted(id, realTime.millis()),
                        Snapshot.Kind.ASKED,
                        at,
                        subscription.get("created").seconds(),
                        terms.get(),
                        Previous.NOTHING)));
    }

    /** Prices of long ago need no plan. */
    private static boolean isOver(Field subscription) {
        return subscription.get("status").is("canceled")
                || subscription.get("status").is("incomplete_expired");
    }
}
