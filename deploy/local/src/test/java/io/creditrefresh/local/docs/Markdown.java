package io.creditrefresh.local.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The Markdown of a page, as GitHub reads it. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    static String code(String value) {
        return "`" + value + "`";
    }

    /** Where a heading can be linked to. */
    static String anchor(String heading) {
        return "#"
                + heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{Alnum} _-]", "")
                        .replace(' ', '-');
    }

    static String link(String text, String heading) {
        return "[%s](%s)".formatted(text, anchor(heading));
    }

    Markdown heading(int level, String heading) {
        return paragraph("#".repeat(level) + " " + heading);
    }

    /** Some text of its own; nothing if it is empty. */
    Markdown paragraph(String paragraph) {
        if (!paragraph.isEmpty()) {
            if (!text.isEmpty()) {
                text.append('\n');
            }
            text.append(paragraph).append('\n');
        }
        return this;
    }

    /** A table with these columns; nothing if it has no rows. */
    Markdown table(List<String> columns, List<List<String>> rows) {
        if (rows.isEmpty()) {
            return this;
        }
        String[] ruler = new String[columns.size()];
        Arrays.fill(ruler, "---");
        return paragraph(row(columns) + "\n" + row(List.of(ruler)) + "\n"
                + rows.stream().map(Markdown::row).collect(Collectors.joining("\n")));
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replace("|", "\\|").replaceAll("\\s+", " ").strip())
                .collect(Collectors.joining(" | ", "| ", " |"))
                .replace("|  |", "| |");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
