package io.creditrefresh.ledger.settings;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings before anything starts, so that a bad value is one clear line and not a stack trace. */
public final class SettingsCheck {

    private static final Pattern PROBLEM = Pattern.compile(
            "(?:[\\w.]+Exception: )?SRCFG\\d+: The config property (\\S+) with the config value \"(.*)\""
                    + " threw an Exception whilst being converted (?:[\\w.]+Exception: )?(.*)",
            Pattern.DOTALL);

    private static final Pattern SECRET = Pattern.compile("(?i).*(api-key|secrets|password)");

    private SettingsCheck() {}

    /** One line per bad value: its key, the value and what is allowed. Empty when the service may start. */
    public static List<String> problems(Class<?>... mappings) {
        SmallRyeConfig config;
        try {
            config = config(mappings);
        } catch (ConfigValidationException e) {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < e.getProblemCount(); i++) {
                lines.add(line(e.getProblem(i).getMessage()));
            }
            return lines;
        }
        return clockProblems(config);
    }

    /** The settings as a process without a container reads them: environment, system properties, application.properties. */
    public static SmallRyeConfig config(Class<?>... mappings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .withSources(PropertiesConfigSourceLoader.inClassPath(
                        "application.properties", 250, Thread.currentThread().getContextClassLoader()))
                .withProfile(profile())
                .withValidateUnknown(false)
                .withMapping(ClockSettings.class);
        for (Class<?> mapping : mappings) {
            builder.withMapping(mapping);
        }
        return builder.build();
    }

    private static List<String> clockProblems(SmallRyeConfig config) {
        ClockSettings clock = config.getConfigMapping(ClockSettings.class);
        if (config.getProfiles().contains("prod") && clock.isSimulated()) {
            return List.of("credits.clock.*: a simulated clock is refused in production; unset CREDITS_CLOCK_*"
                    + " or set QUARKUS_PROFILE to something else than prod");
        }
        if (clock.isSimulated() && clock.origin().isEmpty()) {
            return List.of("credits.clock.origin: is missing; allowed: an instant, or no other credits.clock setting");
        }
        if (clock.origin().isPresent()
                && clock.until().isPresent()
                && clock.until().get().isBefore(clock.origin().get())) {
            return List.of("credits.clock.until: \"" + clock.until().get() + "\" is not allowed; allowed: not before"
                    + " credits.clock.origin, " + clock.origin().get());
        }
        return List.of();
    }

    private static String profile() {
        return Optional.ofNullable(System.getProperty("quarkus.profile"))
                .or(() -> Optional.ofNullable(System.getenv("QUARKUS_PROFILE")))
                .orElse("prod");
    }

    private static String line(String problem) {
        Matcher matcher = PROBLEM.matcher(problem);
        String line = matcher.matches()
                ? matcher.group(1) + ": \"" + shown(matcher.group(1), matcher.group(2)) + "\" is not allowed; "
                        + matcher.group(3)
                : problem.replaceFirst("^(?:[\\w.]+Exception: )?SRCFG\\d+: ", "");
        return line.replaceAll("\\s*\\R\\s*", " ");
    }

    private static String shown(String key, String value) {
        return SECRET.matcher(key).matches() ? "***" : masked(value);
    }

    /** An address may carry a password, which nobody must find in a log. */
    private static String masked(String value) {
        return value.replaceAll("(?i)(password=)[^&\\s]*", "$1***").replaceAll("(//[^/@\\s:]*:)[^/@\\s]*@", "$1***@");
    }
}
