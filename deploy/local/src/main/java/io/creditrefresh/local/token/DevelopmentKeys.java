package io.creditrefresh.local.token;

import io.creditrefresh.billing.signature.WebhookSignature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The key pair that signs the tokens of one run, and the secret that signs its billing events. Each start makes new ones,
 * and no other run trusts them.
 */
public final class DevelopmentKeys {

    public static final String ISSUER = "urn:credit-refresh:development";
    public static final String AUDIENCE = "credit-refresh";

    static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

    /** By this prefix production refuses the key. */
    private static final String KEY_ID_PREFIX = "development-";

    private static final String PUBLIC_FILE = "token-keys.json";
    private static final String PRIVATE_FILE = "token-private-key.json";
    private static final String SECRET_FILE = "webhook-secret";
    private static final int SECRET_BYTES = 32;

    private final Path directory;
    private final PublicJsonWebKey pair;

    private DevelopmentKeys(Path directory, PublicJsonWebKey pair) {
        this.directory = directory;
        this.pair = pair;
    }

    /**
     * Makes a new pair in place of an earlier one.
     *
     * @param directory absolute; gets the public key as a key set, and the private one readable by its owner only
     */
    public static DevelopmentKeys makeIn(Path directory) {
        try {
            var pair = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            pair.setKeyId(KEY_ID_PREFIX + pair.calculateBase64urlEncodedThumbprint("SHA-256"));
            pair.setUse("sig");
            pair.setAlgorithm(ALGORITHM);
            OwnersFile.write(directory.resolve(PRIVATE_FILE), pair.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            OwnersFile.write(directory.resolve(PUBLIC_FILE), new JsonWebKeySet(pair).toJson());
            OwnersFile.write(directory.resolve(SECRET_FILE), newSecret());
            return new DevelopmentKeys(directory, pair);
        } catch (JoseException e) {
            throw new IllegalStateException("this JVM makes no key for " + ALGORITHM, e);
        }
    }

    /** The pair that a run has made in a directory; empty when none has. */
    public static Optional<DevelopmentKeys> readFrom(Path directory) {
        try {
            var json = Files.readString(directory.resolve(PRIVATE_FILE), StandardCharsets.UTF_8);
            return Optional.of(new DevelopmentKeys(directory, PublicJsonWebKey.Factory.newPublicJwk(json)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException("%s holds no key".formatted(directory.resolve(PRIVATE_FILE)), e);
        }
    }

    /** Forgets the pair of a run that has ended. */
    public static void removeFrom(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(PRIVATE_FILE));
            Files.deleteIfExists(directory.resolve(PUBLIC_FILE));
            Files.deleteIfExists(directory.resolve(SECRET_FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What makes a service trust this pair and no other, as environment variables. */
    public Map<String, String> environment() {
        String secretFile = directory.resolve(SECRET_FILE).toString();
        return Map.of(
                "CREDITS_TOKEN_ISSUER", ISSUER,
                "CREDITS_TOKEN_AUDIENCE", AUDIENCE,
                "CREDITS_TOKEN_KEYS", directory.resolve(PUBLIC_FILE).toString(),
                "CREDITS_TOKEN_ALGORITHM", ALGORITHM,
                "CREDITS_BILLING_STRIPE_SECRETS_FILE", secretFile,
                "CREDITS_BILLING_STRIPE_PLANS", "price_starter=starter,price_pro=pro,price_scale=scale",
                "CREDITS_BILLING_STRIPE_PACKS", "price_pack=1000",
                "CREDITS_BILLING_PLAIN_SECRETS_FILE", secretFile);
    }

    /** The header that signs a billing event now. */
    public String sign(byte[] body, Instant now) {
        try {
            return WebhookSignature.sign(body, Files.readString(directory.resolve(SECRET_FILE)), now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "whsec_" + HexFormat.of().formatHex(bytes);
    }

    PublicJsonWebKey pair() {
        return pair;
    }
}
