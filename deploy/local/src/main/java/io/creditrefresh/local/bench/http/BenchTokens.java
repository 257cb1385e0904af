package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.token.Bearer;
import io.creditrefresh.local.token.DevelopmentKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * Tokens signed as the services expect it by default, with RS256. The other tokens of a local run are of ES256, which
 * is quick to sign and, in Java 17, takes far longer to check.
 */
final class BenchTokens {

    private static final String ALGORITHM = AlgorithmIdentifiers.RSA_USING_SHA256;
    private static final int KEY_BITS = 2048;
    private static final float LIFETIME_MINUTES = 720;

    private final RsaJsonWebKey pair;
    private final Path publicFile;

    private BenchTokens(RsaJsonWebKey pair, Path publicFile) {
        this.pair = pair;
        this.publicFile = publicFile;
    }

    /** Makes a new key, whose public half is written into the folder. */
    static BenchTokens makeIn(Path folder) throws IOException {
        try {
            var pair = RsaJwkGenerator.generateJwk(KEY_BITS);
            pair.setKeyId("bench");
            pair.setUse("sig");
            pair.setAlgorithm(ALGORITHM);
            var file = folder.resolve("keys.json");
            Files.writeString(file, new JsonWebKeySet(pair).toJson());
            return new BenchTokens(pair, file);
        } catch (JoseException e) {
            throw new IllegalStateException("this JVM makes no key for " + ALGORITHM, e);
        }
    }

    /** What makes a service trust them. */
    Map<String, String> environment() {
        return Map.of("CREDITS_TOKEN_KEYS", publicFile.toString(), "CREDITS_TOKEN_ALGORITHM", ALGORITHM);
    }

    /** A token of each bearer, from 1. */
    List<String> of(int count, IntFunction<Bearer> bearer) {
        return IntStream.rangeClosed(1, count)
                .parallel()
                .mapToObj(bearer)
                .map(this::signed)
                .toList();
    }

    private String signed(Bearer bearer) {
        var claims = new JwtClaims();
        claims.setIssuer(DevelopmentKeys.ISSUER);
        claims.setAudience(DevelopmentKeys.AUDIENCE);
        claims.setSubject(bearer.id());
        claims.setStringListClaim("groups", List.of(bearer.role()));
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(LIFETIME_MINUTES);
        claims.setGeneratedJwtId();
        var signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(ALGORITHM);
        signature.setKeyIdHeaderValue(pair.getKeyId());
        signature.setKey(pair.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("could not sign a token", e);
        }
    }
}
