package io.creditrefresh.local.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The API commands of the old guides, as people read them in {@code old-guides.md}. */
final class OldGuides {

    static final String FILE = "old-guides.md";

    private static final int COLUMNS = 7;

    private OldGuides() {}

    /**
     * One command.
     *
     * @param call as {@code GET /api/credits/config}
     * @param contentType {@code json} or {@code form}; empty for a command without a body
     * @param token whose it is
     * @param fields of the answer, with or without a value
     */
    record Command(String call, String contentType, String body, String token, int status, List<String> fields) {

        private static final String FORM = "application/x-www-form-urlencoded";

        /** The header that goes with the body. */
        String contentTypeHeader() {
            return contentType.equals("form") ? FORM : "application/" + contentType;
        }
    }

    static List<Command> read() throws IOException {
        return text().lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| guide") && !line.startsWith("| -"))
                .map(OldGuides::command)
                .toList();
    }

    private static Command command(String line) {
        List<String> cells =
                Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
        if (cells.size() != COLUMNS) {
            throw new IllegalStateException("a row of %s has not %d cells: %s".formatted(FILE, COLUMNS, line));
        }
        return new Command(
                cells.get(1),
                cells.get(2),
                cells.get(3),
                cells.get(4),
                Integer.parseInt(cells.get(5)),
                List.of(cells.get(6).split(" ")));
    }

    private static String text() throws IOException {
        try (var stream = Objects.requireNonNull(OldGuides.class.getResourceAsStream("/" + FILE), FILE)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
