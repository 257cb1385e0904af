package io.creditrefresh.billing.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSecretsTest {

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void takesSeveralOfASetting() {
        assertThat(new WebhookSecrets(Optional.of(" one, two,, "), Optional.empty(), () -> now).current())
                .containsExactly("one", "two");
        assertThat(new WebhookSecrets(Optional.empty(), Optional.empty(), () -> now).current())
                .isEmpty();
    }

    @Test
    void readsAFileAgainWithoutARestart() throws IOException {
        Path file = Files.writeString(folder.resolve("secrets"), "old\n");
        WebhookSecrets secrets = new WebhookSecrets(Optional.of("fixed"), Optional.of(file), () -> now);
        assertThat(secrets.current()).containsExactly("fixed", "old");
        Files.writeString(file, "new\nold\n");

        now = now.plus(Duration.ofSeconds(5));

        assertThat(secrets.current()).containsExactly("fixed", "new", "old");
    }

    @Test
    void keepsWhatAFileSaidThatIsGone() throws IOException {
        Path file = Files.writeString(folder.resolve("secrets"), "old\n");
        WebhookSecrets secrets = new WebhookSecrets(Optional.empty(), Optional.of(file), () -> now);
        assertThat(secrets.current()).containsExactly("old");
        Files.delete(file);

        now = now.plus(Duration.ofSeconds(5));

        assertThat(secrets.current()).containsExactly("old");
    }
}
