package io.creditrefresh.billing.stripe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.creditrefresh.ledger.provider.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of Stripe's API that lists subscriptions, with those that a test gives it. */
public final class FakeStripe implements AutoCloseable {

    /** The only key that it takes. */
    public static final String KEY = "sk_test_fake";

    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=([^&]*)");

    private final HttpServer server;
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Answer> instead = new ConcurrentLinkedQueue<>();
    private final AtomicInteger questions = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile StripeJson shape = StripeJson.NEW;

    private record Subscription(String customer, Snapshot snapshot) {}

    private record Answer(int status, String body) {}

    /** Listens on a free port of this machine. */
    public FakeStripe() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "fake-stripe");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/v1/subscriptions", this::list);
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How often it was asked. */
    public int questions() {
        return questions.get();
    }

    /** From now on a subscription is so. */
    public synchronized FakeStripe has(String customer, Snapshot snapshot) {
        subscriptions.put(snapshot.subscription().id(), new Subscription(customer, snapshot));
        return this;
    }

    public FakeStripe speaking(StripeJson words) {
        shape = words;
        return this;
    }

    /** Answers the next question with this, and not with what it has. */
    public FakeStripe answering(int status, String body) {
        instead.add(new Answer(status, body));
        return this;
    }

    /** Answers the next question with nothing, until it is closed. */
    public FakeStripe silentOnce() {
        instead.add(new Answer(0, ""));
        return this;
    }

    /** Forgets what it was told to answer. */
    public void honest() {
        instead.clear();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void list(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        Answer planted = instead.poll();
        if (planted != null && planted.status() == 0) {
            try {
                closed.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        } else if (planted != null) {
            answer(exchange, planted.status(), planted.body());
        } else if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\": {\"type\": \"invalid_request_error\"}}");
        } else {
            answer(exchange, 200, page(parameters(exchange)));
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(exchange.getRequestURI().getQuery());
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        return parameters;
    }

    private synchronized String page(Map<String, String> parameters) {
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "10"));
        String after = parameters.getOrDefault("starting_after", "");
        List<Object> page = new ArrayList<>();
        boolean isBehind = after.isEmpty();
        boolean hasMore = false;
        for (Map.Entry<String, Subscription> each : subscriptions.entrySet()) {
            Subscription subscription = each.getValue();
            String customer = parameters.getOrDefault("customer", subscription.customer());
            if (isBehind && customer.equals(subscription.customer())) {
                hasMore = page.size() == limit;
                if (hasMore) {
                    break;
                }
                page.add(shape.subscription(subscription.snapshot(), subscription.customer()));
            }
            isBehind |= each.getKey().equals(after);
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("object", "list");
        list.put("data", page);
        list.put("has_more", hasMore);
        return StripeJson.write(list);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
