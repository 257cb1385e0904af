package io.creditrefresh.local.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who gets which status from which operation, as people read it in {@code access-table.md}.
 *
 * @param callers names of those who call, in the order of the columns
 * @param rows by call, as {@code GET /api/credits/config}
 */
record AccessTable(List<String> callers, Map<String, Row> rows) {

    static final String FILE = "access-table.md";

    private static final int COLUMNS_BEFORE_CALLERS = 2;

    /**
     * What is expected of one call.
     *
     * @param body what is sent along; empty for nothing
     * @param statuses by caller
     */
    record Row(String body, Map<String, Integer> statuses) {}

    static AccessTable read() throws IOException {
        List<List<String>> lines = text().lines()
                .filter(line -> line.startsWith("|") && !line.startsWith("| -"))
                .map(AccessTable::cells)
                .toList();
        List<String> header = lines.get(0);
        List<String> callers = header.subList(COLUMNS_BEFORE_CALLERS, header.size());
        Map<String, Row> rows = new LinkedHashMap<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            if (rows.put(line.get(0), row(line, callers)) != null) {
                throw new IllegalStateException(FILE + " has two rows for " + line.get(0));
            }
        }
        return new AccessTable(callers, rows);
    }

    private static Row row(List<String> line, List<String> callers) {
        if (line.size() != COLUMNS_BEFORE_CALLERS + callers.size()) {
            throw new IllegalStateException(
                    "a row of %s has not as many cells as its header: %s".formatted(FILE, line));
        }
        Map<String, Integer> statuses = new LinkedHashMap<>();
        for (int i = 0; i < callers.size(); i++) {
            statuses.put(callers.get(i), Integer.valueOf(line.get(COLUMNS_BEFORE_CALLERS + i)));
        }
        return new Row(line.get(1), statuses);
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
    }

    private static String text() throws IOException {
        try (var stream = Objects.requireNonNull(AccessTable.class.getResourceAsStream("/" + FILE), FILE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
