package io.creditrefresh.edge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of key file and algorithm that the settings allow, read by what reads it in the services. */
class TokenVerificationTest {

    private static final String KEY_ID = "2026-11";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"RS256, jwks", "PS256, jwks", "ES256, jwks", "RS256, pem", "PS256, pem", "ES256, pem"})
    void takesTheIssuersTokensAndNobodyElses(String algorithm, String format) throws Exception {
        KeyPair issuer = keyPair(algorithm);
        Path keys = format.equals("pem") ? pem(issuer) : jwks(issuer);
        DefaultJWTParser parser = parser(keys, algorithm);

        assertThat(TokenKeys.problem(new Settings("i", "a", keys.toString(), algorithm), List.of("prod")))
                .isEmpty();
        assertThat(parser.parse(token(issuer, algorithm)).getSubject()).isEqualTo("alice");
        String forged = token(keyPair(algorithm), algorithm);
        assertThatThrownBy(() -> parser.parse(forged)).isInstanceOf(ParseException.class);
    }

    private record Settings(String issuer, String audience, String keys, String algorithm) implements TokenSettings {}

    private static DefaultJWTParser parser(Path keys, String algorithm) {
        JWTAuthContextInfo info = new JWTAuthContextInfo(keys.toString(), TestTokens.ISSUER);
        info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.fromAlgorithm(algorithm)));
        return new DefaultJWTParser(info);
    }

    private static KeyPair keyPair(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.startsWith("ES") ? "EC" : "RSA");
        if (algorithm.startsWith("ES")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2_048);
        }
        return generator.generateKeyPair();
    }

    private Path pem(KeyPair pair) throws Exception {
        String encoded = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
        return Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
    }

    private Path jwks(KeyPair pair) throws Exception {
        JsonWebKey key = JsonWebKey.Factory.newJwk(pair.getPublic());
        key.setKeyId(KEY_ID);
        return Files.writeString(
                directory.resolve("keys.json"), new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY));
    }

    private static String token(KeyPair pair, String algorithm) throws Exception {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(TestTokens.ISSUER);
        claims.setSubject("alice");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(pair.getPrivate());
        signature.setKeyIdHeaderValue(KEY_ID);
        signature.setAlgorithmHeaderValue(algorithm);
        return signature.getCompactSerialization();
    }
}
