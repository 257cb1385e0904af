package io.creditrefresh.local.readme;

import io.creditrefresh.local.stack.Artefacts;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Settings by the name of their environment variable, each with its default, empty if it has none. */
public final class Settings {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[A-Z0-9_]+`(?:, )?)+) \\| (?:`([^`]*)`)? ?\\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z0-9_]+)`");

    private Settings() {}

    /** Those of the README's table. */
    public static Map<String, String> documented() throws IOException {
        String readme = Files.readString(Artefacts.find().home().resolve("README.md"));
        Map<String, String> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(readme).results().toList()) {
            String value = row.group(2) == null ? "" : row.group(2);
            NAME.matcher(row.group(1)).results().forEach(name -> rows.put(name.group(1), value));
        }
        return rows;
    }

    /** Those that a mapping reads. */
    public static Map<String, String> of(Class<?> mapping) {
        String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
        Map<String, String> read = new TreeMap<>();
        for (Method setting : mapping.getDeclaredMethods()) {
            if (Modifier.isAbstract(setting.getModifiers())) {
                WithDefault value = setting.getAnnotation(WithDefault.class);
                read.put(variable(prefix, setting.getName()), value == null ? "" : value.value());
            }
        }
        return read;
    }

    private static String variable(String prefix, String method) {
        String name = prefix + "." + method.replaceAll("([A-Z])", "_$1");
        return name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
