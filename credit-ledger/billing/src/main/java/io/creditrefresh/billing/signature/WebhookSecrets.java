package io.creditrefresh.billing.signature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The secrets that deliveries may be signed with: those of a setting, and those of a file, one per line, which is read
 * again from time to time. So a secret is replaced without a restart: add the new one, switch, remove the old one.
 */
public final class WebhookSecrets {

    static final Duration REREAD_AFTER = Duration.ofSeconds(5);

    private final List<String> fixed;
    private final Optional<Path> file;
    private final InstantSource clock;
    private Instant readAt = Instant.EPOCH.minus(REREAD_AFTER);
    private List<String> ofFile = List.of();

    /**
     * Secrets that are not read yet.
     *
     * @param fixed separated by commas
     * @param clock real time
     */
    public WebhookSecrets(Optional<String> fixed, Optional<Path> file, InstantSource clock) {
        this.fixed = fixed.map(text -> secrets(Arrays.stream(text.split(",")))).orElse(List.of());
        this.file = file;
        this.clock = clock;
    }

    /** All that are valid now; none if none is configured. A file that cannot be read leaves what it said before. */
    public synchronized List<String> current() {
        Instant now = clock.instant();
        if (file.isPresent() && !readAt.plus(REREAD_AFTER).isAfter(now)) {
            try (Stream<String> lines = Files.lines(file.get())) {
                ofFile = secrets(lines);
                readAt = now;
            } catch (IOException | UncheckedIOException e) {
                readAt = now;
            }
        }
        return Stream.concat(fixed.stream(), ofFile.stream()).toList();
    }

    private static List<String> secrets(Stream<String> texts) {
        return texts.map(String::trim).filter(text -> !text.isEmpty()).toList();
    }

    /** Without them. */
    @Override
    public String toString() {
        return "webhook secrets";
    }
}
