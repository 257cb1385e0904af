package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.bench.BenchAccounts;
import io.creditrefresh.local.token.Bearer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Has wrk ask the API: clients on connections kept open, each with one request at a time, for users picked at random.
 * The tokens are more than most products have backends, and yet the API knows all of them after a warm-up.
 */
final class HttpLoad {

    /** What is asked of the API. */
    enum Kind {
        CONSUME,
        STATUS
    }

    /** As many requests as there are answers. */
    static final double NO_RATE = 0;

    private static final String SCRIPT = "load.lua";
    private static final int BACKEND_TOKENS = 1_000;
    private static final int USER_TOKENS = 5_000;
    private static final int KEY_BYTES = 12;

    /** After the last request is sent, for the answers to it and to those under way. */
    private static final int LAST_ANSWERS_SECONDS = 2;

    private final Tool wrk;
    private final Path folder;
    private final int clients;
    private final SecureRandom random = new SecureRandom();
    private int accounts;

    HttpLoad(HttpTools tools, int clients) {
        this.wrk = tools.wrk();
        this.folder = tools.folder();
        this.clients = clients;
    }

    /**
     * Writes what wrk reads.
     *
     * @param accounts so many users have enough credits
     */
    void prepare(int accounts, BenchTokens tokens) throws IOException {
        this.accounts = accounts;
        try (var script = Objects.requireNonNull(HttpLoad.class.getResourceAsStream(SCRIPT))) {
            Files.write(folder.resolve(SCRIPT), script.readAllBytes());
        }
        Files.write(
                tokenFile(Kind.CONSUME),
                tokens.of(BACKEND_TOKENS, number -> new Bearer(Bearer.SERVICE.role(), "backend-" + number)));
        var askers = Math.min(USER_TOKENS, accounts);
        Files.write(
                tokenFile(Kind.STATUS),
                // Evenly spread over all users, so that their rows are no neighbours.
                tokens.of(askers, number -> Bearer.user(BenchAccounts.USER + (long) number * accounts / askers)));
    }

    /**
     * Lets all clients ask for so long, and returns when every request has its answer.
     *
     * @param rate requests per second of all together, evenly spread, or {@link #NO_RATE}
     * @throws NotMeasuredException when an answer is no success, or none comes
     */
    LoadResult run(String url, Kind kind, int seconds, double rate) {
        // The same length as a UUID: 24 characters and the 12 digits that the script adds.
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        var output = wrk.run(List.of(
                "--threads=1",
                "--connections=" + clients,
                "--duration=%ds".formatted(seconds + LAST_ANSWERS_SECONDS),
                "--timeout=10s",
                "--script=" + folder.resolve(SCRIPT),
                url,
                "--",
                kind.name().toLowerCase(Locale.ROOT),
                BenchAccounts.USER,
                Integer.toString(accounts),
                tokenFile(kind).toString(),
                HexFormat.of().formatHex(key),
                Integer.toString(seconds),
                Double.toString(rate)));
        var result = LoadResult.parse(output);
        if (result.failed() > 0 || result.requests() == 0) {
            throw new NotMeasuredException(
                    "%s: %d of %d requests failed".formatted(kind, result.failed(), result.requests()));
        }
        return result;
    }

    private Path tokenFile(Kind kind) {
        return folder.resolve(kind.name().toLowerCase(Locale.ROOT) + "-tokens");
    }
}
