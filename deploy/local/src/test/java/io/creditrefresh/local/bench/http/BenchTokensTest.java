package io.creditrefresh.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.token.Bearer;
import io.creditrefresh.local.token.DevelopmentKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTokensTest {

    @TempDir
    Path folder;

    @Test
    void areOneOfEachBearerSignedByTheKeyThatTheServicesTrust() throws Exception {
        var tokens = BenchTokens.makeIn(folder);

        var signed = tokens.of(2, number -> Bearer.user("user-" + number));

        var file = Path.of(tokens.environment().get("CREDITS_TOKEN_KEYS"));
        var key = new JsonWebKeySet(Files.readString(file)).getJsonWebKeys().get(0);
        var reader = new JwtConsumerBuilder()
                .setVerificationKey(key.getKey())
                .setExpectedIssuer(DevelopmentKeys.ISSUER)
                .setExpectedAudience(DevelopmentKeys.AUDIENCE)
                .build();
        assertThat(signed).hasSize(2);
        assertThat(reader.processToClaims(signed.get(1)).getSubject()).isEqualTo("user-2");
        assertThat(tokens.environment()).containsEntry("CREDITS_TOKEN_ALGORITHM", "RS256");
        assertThat(Files.readString(file)).doesNotContain("\"d\"");
    }
}
