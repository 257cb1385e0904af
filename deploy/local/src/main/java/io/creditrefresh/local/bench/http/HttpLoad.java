package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.token.Bearer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sends requests to the API by a load tool: clients on connections kept open, each with one request at a time. The tokens
 * are many, so that nothing is gained by having seen one before.
 */
final class HttpLoad {

    /** What is asked of the API. */
    enum Kind {
        CONSUME,
        STATUS
    }

    private static final String SCRIPT = "load.lua";
    private static final int BACKEND_TOKENS = 1_000;
    private static final int USER_TOKENS = 5_000;
    private static final int KEY_PREFIX_BYTES = 12;

    private final Tool tool;
    private final Path folder;
    private final int clients;

    /**
     * Prepares what the tool reads.
     *
     * @param folder for its files
     * @param users ids of users with enough credits
     */
    HttpLoad(Path folder, int clients, List<String> users, BenchTokens tokens) throws IOException {
        this.tool = Tool.find("wrk", folder.resolve("wrk"), List.of("wrk", "libluajit-5.1-2"));
        this.folder = folder;
        this.clients = clients;
        try (var script = Objects.requireNonNull(HttpLoad.class.getResourceAsStream(SCRIPT))) {
            Files.write(folder.resolve(SCRIPT), script.readAllBytes());
        }
        Files.write(folder.resolve("users"), users);
        Files.write(
                tokenFile(Kind.CONSUME),
                tokens.of(BACKEND_TOKENS, number -> new Bearer("service", "backend-" + number)));
        Files.write(
                tokenFile(Kind.STATUS),
                tokens.of(Math.min(USER_TOKENS, users.size()), number -> Bearer.user(users.get(number - 1))));
    }

    /**
     * Lets all clients ask for so long; every request has its answer when it returns.
     *
     * @param rate requests per second of all together, evenly spread; 0 for as many as there are answers
     * @throws IllegalStateException when an answer is no success, or none comes
     */
    LoadResult run(String url, Kind kind, int seconds, double rate) {
        var key = new byte[KEY_PREFIX_BYTES];
        ThreadLocalRandom.current().nextBytes(key);
        // One second more for the last answers.
        var output = tool.run(List.of(
                "--threads=1",
                "--connections=" + clients,
                "--duration=" + (seconds + 1) + "s",
                "--timeout=30s",
                "--script=" + folder.resolve(SCRIPT),
                url,
                "--",
                kind.name().toLowerCase(Locale.ROOT),
                folder.resolve("users").toString(),
                tokenFile(kind).toString(),
                HexFormat.of().formatHex(key),
                Integer.toString(seconds),
                Double.toString(rate)));
        var result = LoadResult.parse(output);
        if (result.failed() > 0 || result.requests() == 0) {
            throw new IllegalStateException("%s: %d of %d requests failed".formatted(kind, result.failed(), result.requests()));
        }
        return result;
    }

    private Path tokenFile(Kind kind) {
        return folder.resolve(kind.name().toLowerCase(Locale.ROOT) + "-tokens");
    }
}
