package io.creditrefresh.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/** Clients that ask the same questions in turn, each the next one as soon as it has an answer, on connections kept open. */
final class Clients implements AutoCloseable {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads;
    private final int count;
    private final List<HttpRequest> questions;

    /**
     * Makes clients that have not asked anything yet.
     *
     * @param token of all of them
     */
    Clients(int count, String token, List<URI> endpoints) {
        this.threads = Executors.newFixedThreadPool(count);
        this.count = count;
        this.questions = endpoints.stream()
                .map(endpoint -> HttpRequest.newBuilder(endpoint)
                        .header("Authorization", "Bearer " + token)
                        .timeout(ANSWER_LIMIT)
                        .build())
                .toList();
    }

    /**
     * Lets all of them ask for so long.
     *
     * @return what they have seen, by path, in the order of the endpoints
     * @throws IllegalStateException when an answer is no success, or none comes
     */
    Map<String, Latencies> ask(Duration time) throws InterruptedException {
        var deadline = System.nanoTime() + time.toNanos();
        Callable<List<long[]>> client = () -> askUntil(deadline);
        var seen = new ArrayList<List<long[]>>();
        for (var answers : threads.invokeAll(Collections.nCopies(count, client))) {
            try {
                seen.add(answers.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(
                        Objects.requireNonNull(e.getCause()).getMessage(), e);
            }
        }
        var latencies = new LinkedHashMap<String, Latencies>();
        for (int i = 0; i < questions.size(); i++) {
            var question = i;
            var ofAll = seen.stream().map(answers -> answers.get(question)).toList();
            latencies.put(questions.get(i).uri().getPath(), Latencies.of(ofAll, time));
        }
        return latencies;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private List<long[]> askUntil(long deadline) throws IOException, InterruptedException {
        var nanos = questions.stream().map(question -> LongStream.builder()).toList();
        while (System.nanoTime() < deadline) {
            for (int i = 0; i < nanos.size(); i++) {
                nanos.get(i).add(ask(questions.get(i)));
            }
        }
        return nanos.stream().map(builder -> builder.build().toArray()).toList();
    }

    private long ask(HttpRequest question) throws IOException, InterruptedException {
        var asked = System.nanoTime();
        var answer = http.send(question, BodyHandlers.ofString());
        var nanos = System.nanoTime() - asked;
        if (answer.statusCode() != 200) {
            throw new IOException("%s answered %d: %s".formatted(question.uri(), answer.statusCode(), answer.body()));
        }
        return nanos;
    }
}
