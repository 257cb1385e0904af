package io.creditrefresh.local.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell block of a page.
 *
 * @param mark what the comment before it says of the test, empty when there is none
 */
record ShellBlock(String file, int line, String mark, String script) {

    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- test: ([^\\n]*) -->\\n)?```(?:sh|shell|bash)\\n(.*?)\\n```", Pattern.DOTALL);

    private static final Pattern PSQL = Pattern.compile("psql .* -c \"(.*)\"", Pattern.DOTALL);

    static List<ShellBlock> in(Path file) {
        try {
            String text = Files.readString(file);
            List<ShellBlock> blocks = new ArrayList<>();
            Matcher matcher = BLOCK.matcher(text);
            while (matcher.find()) {
                int line = (int) text.substring(0, matcher.start(2)).lines().count() + 1;
                String mark = matcher.group(1) == null ? "" : matcher.group(1);
                blocks.add(new ShellBlock(file.getFileName().toString(), line, mark, matcher.group(2)));
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isSkipped() {
        return mark.startsWith("skip, ");
    }

    boolean runsInTheBackground() {
        return mark.startsWith("background");
    }

    /** The statement that the block gives to psql, for a machine that has none. */
    Optional<String> psqlStatement() {
        Matcher statement = PSQL.matcher(script);
        return mark.startsWith("with psql") && statement.find() ? Optional.of(statement.group(1)) : Optional.empty();
    }
}
