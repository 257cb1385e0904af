package io.creditrefresh.local.bench.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What the load tool has seen.
 *
 * @param requests that were answered
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param max milliseconds
 * @param failed answers that were no success, and requests that got none
 */
record LoadResult(long requests, double p50, double p99, double max, long failed) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the last line that the script prints. */
    static LoadResult parse(List<String> output) {
        var line = output.stream()
                .filter(text -> text.startsWith("{"))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new IllegalStateException("The load tool says: " + String.join(" ", output)));
        try {
            return JSON.readValue(line, LoadResult.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The load tool says: " + line, e);
        }
    }
}
