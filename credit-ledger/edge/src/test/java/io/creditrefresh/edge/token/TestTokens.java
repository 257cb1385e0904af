package io.creditrefresh.edge.token;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/** Really signed tokens of an issuer of this JVM, and the service under test set up to take them. */
public final class TestTokens implements QuarkusTestResourceLifecycleManager {

    public static final String ISSUER = "https://issuer.test";
    public static final String AUDIENCE = "credit-refresh";

    private static final String KEY_PROPERTY = "credits.test.signing-key";
    private static final RsaJsonWebKey KEY = keyOfThisJvm();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "credits.token.issuer",
                ISSUER,
                "credits.token.keys",
                publicKeys().toString());
    }

    @Override
    public void stop() {}

    /** The file with the issuer's public keys. */
    public static Path publicKeys() {
        try {
            Path file = Files.createTempFile("public-keys", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, new JsonWebKeySet(KEY).toJson(OutputControlLevel.PUBLIC_ONLY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String user(String userId) {
        return signed(claims -> claims.setSubject(userId), Roles.USER);
    }

    public static String service() {
        return signed(claims -> {}, Roles.SERVICE);
    }

    public static String support() {
        return signed(claims -> {}, Roles.SUPPORT);
    }

    public static String admin() {
        return signed(claims -> {}, Roles.ADMIN);
    }

    /** A good token but for what {@code change} does to its claims. */
    public static String signed(Consumer<JwtClaims> change, String... groups) {
        return compact(claims(change, groups), KEY.getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA256, "test-1");
    }

    /** A good token but for its signature, by a key that nobody knows. */
    public static String signedByAnotherKey(String... groups) {
        return compact(
                claims(claims -> {}, groups),
                newKey("test-1").getPrivateKey(),
                AlgorithmIdentifiers.RSA_USING_SHA256,
                "test-1");
    }

    /** Signed with the right key, but by an algorithm that is not the pinned one. */
    public static String signedByAnotherAlgorithm(String... groups) {
        return compact(
                claims(claims -> {}, groups), KEY.getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA512, "test-1");
    }

    /** {@code alg: none}. */
    public static String unsigned(String... groups) {
        return compact(claims(claims -> {}, groups), null, AlgorithmIdentifiers.NONE, "test-1");
    }

    /** The public key, which everybody has, taken for the shared secret of an HMAC. */
    public static String keyConfusion(String... groups) {
        byte[] secret = KEY.toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
        return compact(claims(claims -> {}, groups), new HmacKey(secret), AlgorithmIdentifiers.HMAC_SHA256, "test-1");
    }

    private static JwtClaims claims(Consumer<JwtClaims> change, String... groups) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject("somebody");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        claims.setGeneratedJwtId();
        claims.setStringListClaim("groups", List.of(groups));
        change.accept(claims);
        return claims;
    }

    private static String compact(JwtClaims claims, Key key, String algorithm, String keyId) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setKeyIdHeaderValue(keyId);
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(algorithm);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Test resources and tests are loaded by two class loaders; a system property is what they share. */
    private static synchronized RsaJsonWebKey keyOfThisJvm() {
        try {
            String known = System.getProperty(KEY_PROPERTY);
            if (known != null) {
                return (RsaJsonWebKey) PublicJsonWebKey.Factory.newPublicJwk(known);
            }
            RsaJsonWebKey key = newKey("test-1");
            System.setProperty(KEY_PROPERTY, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RsaJsonWebKey newKey(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
