package io.creditrefresh.local.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** The key pair that signs the tokens of one run. Each start makes a new one, and no other run trusts it. */
public final class DevelopmentKeys {

    public static final String ISSUER = "urn:credit-refresh:development";
    public static final String AUDIENCE = "credit-refresh";

    static final String ALGORITHM = AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256;

    /** By this prefix production refuses the key. */
    private static final String KEY_ID_PREFIX = "development-";

    private static final String PUBLIC_FILE = "token-keys.json";
    private static final String PRIVATE_FILE = "token-private-key.json";

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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What makes a service trust this pair and no other, as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "CREDITS_TOKEN_ISSUER", ISSUER,
                "CREDITS_TOKEN_AUDIENCE", AUDIENCE,
                "CREDITS_TOKEN_KEYS", directory.resolve(PUBLIC_FILE).toString(),
                "CREDITS_TOKEN_ALGORITHM", ALGORITHM);
    }

    PublicJsonWebKey pair() {
        return pair;
    }
}
