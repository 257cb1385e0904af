package io.creditrefresh.edge.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenKeysTest {

    private static final List<String> PROD = List.of("prod");
    private static final List<String> LOCAL = List.of("local");
    private static final String FILE = "allowed: an https URL, or a file that can be read";
    private static final String CONTENT = "allowed: a JWKS or a PEM public key";
    private static final String PUBLIC = "allowed: public keys and no others";
    private static final String NOT_DEVELOPMENT = "allowed in production: keys that were not made for development";

    private static KeyPair rsa;
    private static KeyPair ec;

    @TempDir
    private Path directory;

    private record Settings(String issuer, String audience, String keys, String algorithm) implements TokenSettings {}

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator rsaKeys = KeyPairGenerator.getInstance("RSA");
        rsaKeys.initialize(2_048);
        rsa = rsaKeys.generateKeyPair();
        KeyPairGenerator ecKeys = KeyPairGenerator.getInstance("EC");
        ecKeys.initialize(new ECGenParameterSpec("secp256r1"));
        ec = ecKeys.generateKeyPair();
    }

    @ParameterizedTest
    @CsvSource({"RS256, rsa", "PS256, rsa", "ES256, ec"})
    void takesAPublicKeyOfTheAlgorithm(String algorithm, String type) throws Exception {
        KeyPair pair = type.equals("rsa") ? rsa : ec;

        assertThat(problem(file(pem("PUBLIC KEY", pair.getPublic())), algorithm, PROD))
                .isEmpty();
        assertThat(problem(file(jwks(jwk("2026-11", pair.getPublic()))), algorithm, PROD))
                .isEmpty();
    }

    @Test
    void takesASetWithKeysOfOtherAlgorithms() throws Exception {
        String both = jwks(jwk("a", rsa.getPublic()), jwk("b", ec.getPublic()));

        assertThat(problem(file(both), "RS256", PROD)).isEmpty();
        assertThat(problem(file(both), "ES256", PROD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RS256, ec", "PS256, ec", "ES256, rsa"})
    void refusesKeysOfAnotherType(String algorithm, String type) throws Exception {
        KeyPair pair = type.equals("rsa") ? rsa : ec;
        String allowed = "allowed: at least one key for credits.token.algorithm " + algorithm;

        assertRefused(file(pem("PUBLIC KEY", pair.getPublic())), algorithm, PROD, allowed);
        assertRefused(file(jwks(jwk("2026-11", pair.getPublic()))), algorithm, PROD, allowed);
    }

    @Test
    void refusesASetWithoutKeys() throws IOException {
        assertRefused(
                file("{\"keys\": []}"), "RS256", PROD, "allowed: at least one key for credits.token.algorithm RS256");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "null", "{\"keys\": 1}", "garbage", "\0"})
    void refusesAFileWithoutASet(String text) throws IOException {
        assertRefused(file(text), "RS256", PROD, CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\ngarbage!\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            })
    void refusesABrokenPem(String text) throws IOException {
        assertRefused(file(text), "RS256", PROD, CONTENT);
        assertRefused(file(text), "ES256", PROD, CONTENT);
    }

    @Test
    void refusesAPrivateKey() throws Exception {
        assertRefused(file(pem("PRIVATE KEY", rsa.getPrivate())), "RS256", PROD, CONTENT);
        assertRefused(file(pem("PRIVATE KEY", ec.getPrivate())), "ES256", LOCAL, CONTENT);
    }

    @Test
    void refusesASetWithAPrivateOrSymmetricKey() throws Exception {
        JsonWebKey pair = JsonWebKey.Factory.newJwk(rsa.getPublic());
        ((PublicJsonWebKey) pair).setPrivateKey(rsa.getPrivate());
        JsonWebKey secret = JsonWebKey.Factory.newJwk(new HmacKey(new byte[32]));
        JsonWebKey good = jwk("2026-11", rsa.getPublic());

        assertRefused(file(new JsonWebKeySet(good, pair).toJson(OutputControlLevel.INCLUDE_PRIVATE)), PUBLIC);
        assertRefused(file(new JsonWebKeySet(good, secret).toJson(OutputControlLevel.INCLUDE_SYMMETRIC)), PUBLIC);
    }

    @Test
    void refusesDevelopmentKeysInProductionOnly() throws Exception {
        Path file = file(jwks(jwk("2026-11", rsa.getPublic()), jwk("development-1", rsa.getPublic())));

        assertRefused(file, "RS256", PROD, NOT_DEVELOPMENT);
        assertThat(problem(file, "RS256", LOCAL)).isEmpty();
    }

    @Test
    void refusesAFileThatIsNotThereOrNotText() throws IOException {
        assertRefused(directory.resolve("nothing"), FILE);
        assertRefused(directory, FILE);
        assertRefused(Files.write(directory.resolve("key.der"), rsa.getPublic().getEncoded()), FILE);
        assertThat(problem("\0", "RS256", PROD)).get().asString().endsWith(FILE);
    }

    @Test
    void refusesAnUnencryptedUrlInProductionOnly() {
        assertThat(problem("http://issuer.test/jwks", "RS256", PROD))
                .hasValue("credits.token.keys: \"http://issuer.test/jwks\" is not allowed;"
                        + " allowed in production: an https URL or a file");
        assertThat(problem("http://issuer.test/jwks", "RS256", LOCAL)).isEmpty();
        assertThat(problem("https://issuer.test/jwks", "RS256", PROD)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://name:secret@issuer.test/jwks",
                "http://name:se@cret@issuer.test/jwks",
                "http://name:secr?et@issuer.test/jwks",
                "http://issuer.test/jwks?key=secret",
                "http://issuer.test/jwks#secret",
            })
    void showsNoSecretOfAUrl(String url) {
        assertThat(problem(url, "RS256", PROD))
                .hasValue("credits.token.keys: \"http://issuer.test/jwks\" is not allowed;"
                        + " allowed in production: an https URL or a file");
    }

    @Test
    void showsNoKeyThatStandsWhereItsFileShould() {
        String pem = pem("PRIVATE KEY", rsa.getPrivate());
        String jwks = "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]}";

        assertThat(List.of(pem, pem.replace("\n", ""), jwks, " " + jwks))
                .allSatisfy(key -> assertThat(problem(key, "RS256", PROD))
                        .hasValue("credits.token.keys: \"(a key)\" is not allowed; " + FILE));
    }

    private void assertRefused(Path file, String allowed) {
        assertRefused(file, "RS256", PROD, allowed);
    }

    private void assertRefused(Path file, String algorithm, List<String> profiles, String allowed) {
        assertThat(problem(file, algorithm, profiles))
                .hasValue("credits.token.keys: \"" + file + "\" is not allowed; " + allowed);
    }

    private static Optional<String> problem(Path file, String algorithm, List<String> profiles) {
        return problem(file.toString(), algorithm, profiles);
    }

    private static Optional<String> problem(String keys, String algorithm, List<String> profiles) {
        return TokenKeys.problem(new Settings("https://issuer.test", "credit-refresh", keys, algorithm), profiles);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("keys"), text);
    }

    private static String pem(String type, Key key) {
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + type + "-----\n" + encoded + "\n-----END " + type + "-----\n";
    }

    private static JsonWebKey jwk(String id, Key key) throws Exception {
        JsonWebKey jwk = JsonWebKey.Factory.newJwk(key);
        jwk.setKeyId(id);
        return jwk;
    }

    private static String jwks(JsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }
}
