package io.creditrefresh.local.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a verifier that, like a service, has only the public key set. */
class TokensTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.750Z");

    @TempDir
    private Path directory;

    private Tokens tokens;
    private JwtConsumer verifier;

    @BeforeEach
    void makeKeys() throws Exception {
        var keys = DevelopmentKeys.makeIn(directory);
        tokens = new Tokens(keys, () -> NOW);
        verifier = verifierOf(keys);
    }

    @Test
    void signsEverythingThatAServiceAsksFor() throws Exception {
        var token = verifier.process(tokens.of(Bearer.user("tenant:7:🦊")));

        var claims = token.getJwtClaims();
        assertThat(claims.getSubject()).isEqualTo("tenant:7:🦊");
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("user");
        assertThat(claims.getIssuedAt()).isEqualTo(NumericDate.fromSeconds(NOW.getEpochSecond()));
        assertThat(claims.getExpirationTime())
                .isEqualTo(NumericDate.fromSeconds(
                        Instant.parse("2026-11-20T22:00:00Z").getEpochSecond()));
        assertThat(header(token, "kid")).startsWith("development-");
        assertThat(header(token, "alg")).isEqualTo("ES256");
    }

    @Test
    void givesEachTokenAnIdOfItsOwn() throws Exception {
        var first = verifier.processToClaims(tokens.of(Bearer.ADMIN));
        var second = verifier.processToClaims(tokens.of(Bearer.ADMIN));

        assertThat(first.getJwtId()).isNotBlank().isNotEqualTo(second.getJwtId());
    }

    @Test
    void areTakenOnlyByTheRunThatMadeTheirKey() throws Exception {
        var earlier = tokens.of(Bearer.ADMIN);

        var next = verifierOf(DevelopmentKeys.makeIn(directory));

        assertThatThrownBy(() -> next.process(earlier)).isInstanceOf(InvalidJwtException.class);
    }

    @ParameterizedTest
    @MethodSource("wrongTokens")
    void hasOnlyOneThingWrong(Function<Tokens, String> wrong, int error) {
        var token = wrong.apply(tokens);

        assertThatThrownBy(() -> verifier.process(token))
                .isInstanceOfSatisfying(InvalidJwtException.class, refused -> assertThat(refused.getErrorDetails())
                        .singleElement()
                        .satisfies(detail -> assertThat(detail.getErrorCode()).isEqualTo(error)));
    }

    private static Stream<Arguments> wrongTokens() {
        return Stream.of(
                wrong(tokens -> tokens.expired(Bearer.ADMIN), ErrorCodes.EXPIRED),
                wrong(tokens -> tokens.forAudience(Bearer.ADMIN, "billing"), ErrorCodes.AUDIENCE_INVALID),
                wrong(tokens -> tokens.fromIssuer(Bearer.ADMIN, "urn:somebody"), ErrorCodes.ISSUER_INVALID));
    }

    private static Arguments wrong(Function<Tokens, String> tokens, int error) {
        return Arguments.of(tokens, error);
    }

    private static JwtConsumer verifierOf(DevelopmentKeys keys) throws Exception {
        var published = Files.readString(Path.of(keys.environment().get("CREDITS_TOKEN_KEYS")));
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(
                        new JwksVerificationKeyResolver(new JsonWebKeySet(published).getJsonWebKeys()))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "ES256"))
                .setExpectedIssuer("urn:credit-refresh:development")
                .setExpectedAudience("credit-refresh")
                .setRequireSubject()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireJwtId()
                .setEvaluationTime(NumericDate.fromSeconds(NOW.getEpochSecond()))
                .build();
    }

    private static String header(JwtContext token, String name) {
        return token.getJoseObjects().get(0).getHeader(name);
    }
}
