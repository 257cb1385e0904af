package io.creditrefresh.local.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentKeysTest {

    @TempDir
    private Path directory;

    @Test
    void publishesOnlyThePublicKey() throws IOException {
        var keys = DevelopmentKeys.makeIn(directory);

        var published = new ObjectMapper()
                .readTree(Path.of(keys.environment().get("CREDITS_TOKEN_KEYS")).toFile());
        assertThat(published.path("keys")).hasSize(1);
        var key = published.path("keys").path(0);
        assertThat(key.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("kty", "kid", "use", "alg", "crv", "x", "y");
        assertThat(key.path("kid").asText())
                .startsWith("development-")
                .isEqualTo(keys.pair().getKeyId());
        assertThat(key.path("alg").asText()).isEqualTo("ES256");
    }

    @Test
    void keepsThePrivateKeyFromEverybodyElse() throws IOException {
        Files.writeString(directory.resolve("token-private-key.json"), "of an earlier run");
        Files.writeString(directory.resolve("token-private-key.json.next"), "of a run that was killed");

        DevelopmentKeys.makeIn(directory);

        var file = directory.resolve("token-private-key.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.resolve("token-private-key.json.next")).doesNotExist();
    }

    @Test
    void areNewWithEachStart() {
        var first = DevelopmentKeys.makeIn(directory);

        var second = DevelopmentKeys.makeIn(directory);

        assertThat(second.pair().getKeyId()).isNotEqualTo(first.pair().getKeyId());
        assertThat(DevelopmentKeys.readFrom(directory).orElseThrow().pair().getKeyId())
                .isEqualTo(second.pair().getKeyId());
    }

    @Test
    void tellServicesWhatToTrust() {
        var keys = DevelopmentKeys.makeIn(directory);

        assertThat(keys.environment())
                .isEqualTo(Map.of(
                        "CREDITS_TOKEN_ISSUER", "urn:credit-refresh:development",
                        "CREDITS_TOKEN_AUDIENCE", "credit-refresh",
                        "CREDITS_TOKEN_KEYS",
                                directory.resolve("token-keys.json").toString(),
                        "CREDITS_TOKEN_ALGORITHM", "ES256",
                        "CREDITS_BILLING_STRIPE_SECRETS_FILE",
                                directory.resolve("webhook-secret").toString(),
                        "CREDITS_BILLING_STRIPE_PLANS", "price_starter=starter,price_pro=pro,price_scale=scale",
                        "CREDITS_BILLING_STRIPE_PACKS", "price_pack=1000",
                        "CREDITS_BILLING_PLAIN_SECRETS_FILE",
                                directory.resolve("webhook-secret").toString()));
    }

    @Test
    void areForgottenWithTheRun() {
        DevelopmentKeys.makeIn(directory);

        DevelopmentKeys.removeFrom(directory);

        assertThat(directory).isEmptyDirectory();
        assertThat(DevelopmentKeys.readFrom(directory)).isEmpty();
    }
}
