package io.creditrefresh.edge.token;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;

/** Really signed tokens of an issuer of this JVM, and the service under test set up to take them. */
public final class TestTokens implements QuarkusTestResourceLifecycleManager {

    public static final String ISSUER = "https://issuer.test";
    public static final String AUDIENCE = "credit-refresh";

    /** The issuer of a cluster's tokens; its key is the same. */
    public static final String CLUSTER = "https://kubernetes.default.svc.cluster.local";

    /** The one service account that may call. */
    public static final String SERVICE_ACCOUNT = "credit-refresh:trigger";

    private static final String KEY_ID = "test-1";
    private static final String KEY_PROPERTY = "credits.test.signing-key";
    private static final RsaJsonWebKey KEY = keyOfThisJvm();

    @Override
    public Map<String, String> start() {
        return Map.of(
                "credits.token.issuer",
                ISSUER,
                "credits.token.keys",
                publicKeys().toString(),
                "credits.token.cluster.issuer",
                CLUSTER,
                "credits.token.cluster.keys",
                publicKeys().toString(),
                "credits.token.cluster.services",
                SERVICE_ACCOUNT);
    }

    @Override
    public void stop() {}

    /** The file with the issuer's public keys. */
    public static Path publicKeys() {
        return publicKeys(KEY);
    }

    /** A file with another one, under the same id. */
    public static Path otherPublicKeys() {
        return publicKeys(newKey(KEY_ID));
    }

    private static Path publicKeys(RsaJsonWebKey key) {
        try {
            Path file = Files.createTempFile("public-keys", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY));
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

    /** What a cluster projects into the pods of an account. */
    public static String serviceAccount(String account) {
        return signed(ofServiceAccount(account));
    }

    /** The same, signed in each way that must not be taken. */
    public static List<String> badServiceAccounts(String account) {
        JwtClaims good = claims(ofServiceAccount(account));
        byte[] der = KEY.getPublicKey().getEncoded();
        return List.of(
                compact(good, null, AlgorithmIdentifiers.NONE, KEY_ID),
                compact(good, new HmacKey(der), AlgorithmIdentifiers.HMAC_SHA256, KEY_ID),
                compact(good, newKey(KEY_ID).getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA256, KEY_ID),
                compact(good, KEY.getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA256, "unknown"),
                compact(good, KEY.getPrivateKey(), AlgorithmIdentifiers.RSA_PSS_USING_SHA256, KEY_ID));
    }

    private static Consumer<JwtClaims> ofServiceAccount(String account) {
        return claims -> {
            claims.setIssuer(CLUSTER);
            claims.setSubject("system:serviceaccount:" + account);
            claims.unsetClaim("groups");
        };
    }

    /** A good token but for what {@code change} does to its claims. */
    public static String signed(Consumer<JwtClaims> change, String... groups) {
        return compact(claims(change, groups), KEY.getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA256, KEY_ID);
    }

    /** A good token but for its signature, by a key that nobody knows. */
    public static String signedByAnotherKey(String... groups) {
        return compact(
                claims(claims -> {}, groups),
                newKey(KEY_ID).getPrivateKey(),
                AlgorithmIdentifiers.RSA_USING_SHA256,
                KEY_ID);
    }

    /** Signed with the right key, but by an algorithm that is not the pinned one. */
    public static String signedByAnotherAlgorithm(String algorithm, String... groups) {
        return compact(claims(claims -> {}, groups), KEY.getPrivateKey(), algorithm, KEY_ID);
    }

    /** Signed with the right key, but said to be signed with another. */
    public static String signedWithKeyId(String keyId, String... groups) {
        return compact(claims(claims -> {}, groups), KEY.getPrivateKey(), AlgorithmIdentifiers.RSA_USING_SHA256, keyId);
    }

    /** Signed by a key that nobody knows, which the token brings along. */
    public static String signedByItsOwnKey(String... groups) {
        RsaJsonWebKey own = newKey(KEY_ID);
        JsonWebSignature signature = signature(claims(claims -> {}, groups), own.getPrivateKey(), KEY_ID);
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setJwkHeader(own);
        return compact(signature);
    }

    /** {@code alg: none}. */
    public static String unsigned(String... groups) {
        return compact(claims(claims -> {}, groups), null, AlgorithmIdentifiers.NONE, KEY_ID);
    }

    /** The public key, which everybody has, taken for the shared secret of an HMAC: in each form that it is given in. */
    public static List<String> keyConfusions(String... groups) {
        byte[] der = KEY.getPublicKey().getEncoded();
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----";
        String jwk = KEY.toJson(OutputControlLevel.PUBLIC_ONLY);
        String jwks = new JsonWebKeySet(KEY).toJson(OutputControlLevel.PUBLIC_ONLY);
        byte[] modulus = KEY.getRsaPublicKey().getModulus().toByteArray();
        return Stream.concat(
                        Stream.of(der, modulus),
                        Stream.of(jwk, jwks, pem, pem + "\n", base64, base64.replace("\n", ""))
                                .map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .map(secret -> compact(
                        claims(claims -> {}, groups), new HmacKey(secret), AlgorithmIdentifiers.HMAC_SHA256, KEY_ID))
                .toList();
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

    private static String compact(JwtClaims claims, @Nullable Key key, String algorithm, String keyId) {
        JsonWebSignature signature = signature(claims, key, keyId);
        signature.setAlgorithmHeaderValue(algorithm);
        return compact(signature);
    }

    private static JsonWebSignature signature(JwtClaims claims, @Nullable Key key, String keyId) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setPayload(claims.toJson());
        signature.setKey(key);
        signature.setKeyIdHeaderValue(keyId);
        signature.setHeader("typ", "JWT");
        return signature;
    }

    private static String compact(JsonWebSignature signature) {
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
            RsaJsonWebKey key = newKey(KEY_ID);
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
