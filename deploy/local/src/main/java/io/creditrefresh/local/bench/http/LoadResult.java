package io.creditrefresh.local.bench.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * What wrk has seen. Its percentiles also count the requests that a client would have sent, at its usual pace, while it
 * waited for a late answer.
 *
 * @param requests that were answered
 * @param p50 milliseconds
 * @param p99 milliseconds
 * @param max milliseconds
 * @param failed answers that were no success, and requests that got none
 */
record LoadResult(long requests, double p50, double p99, double max, long failed) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the line that the script prints at its end. */
    static LoadResult parse(List<String> output) {
        var line = output.stream()
                .filter(text -> text.startsWith("{"))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new NotMeasuredException("wrk says: " + String.join(" ", output)));
        try {
            return JSON.readValue(line, LoadResult.class);
        } catch (JsonProcessingException e) {
            throw new NotMeasuredException("wrk says: " + line, e);
        }
    }
}
