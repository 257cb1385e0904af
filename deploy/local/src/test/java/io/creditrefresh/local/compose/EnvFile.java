package io.creditrefresh.local.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A file of settings for compose.
 *
 * @param set what it sets
 * @param shown what it shows in comments
 */
record EnvFile(Map<String, String> set, Map<String, String> shown) {

    private static final Pattern LINE = Pattern.compile("(?m)^(# )?([A-Z][A-Z0-9_]*)=(.*)$");

    static EnvFile read(Path file) throws IOException {
        Map<String, String> set = new TreeMap<>();
        Map<String, String> shown = new TreeMap<>();
        LINE.matcher(Files.readString(file)).results().forEach(line -> (line.group(1) == null ? set : shown)
                .put(line.group(2), line.group(3)));
        return new EnvFile(set, shown);
    }

    /** All that it names. */
    Map<String, String> all() {
        Map<String, String> all = new TreeMap<>(set);
        all.putAll(shown);
        return all;
    }
}
