package io.creditrefresh.edge.token;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Checks before the start that a key file holds public keys, and in production no development ones. */
public final class TokenKeys {

    /** How the ids of keys begin that were made for one run on somebody's machine. */
    public static final String DEVELOPMENT_PREFIX = "development-";

    private static final String KEYS = "credits.token.keys: \"";
    private static final String REFUSED = "\" is not allowed; ";

    private TokenKeys() {}

    /** What is wrong with the keys, as one line; empty when the service may start. A URL is not fetched. */
    public static Optional<String> problem(TokenSettings settings, List<String> profiles) {
        boolean production = profiles.contains("prod");
        String location = settings.keys();
        if (location.matches("https?://.*")) {
            return production && location.startsWith("http://")
                    ? refused(location, "allowed in production: an https URL or a file")
                    : Optional.empty();
        }
        try {
            return problemOfFile(location, Files.readString(Path.of(location)), settings.algorithm(), production);
        } catch (IOException | InvalidPathException e) {
            return refused(location, "allowed: an https URL, or a file that can be read");
        }
    }

    private static Optional<String> problemOfFile(String location, String text, String algorithm, boolean production) {
        List<JsonWebKey> keys;
        try {
            keys = keys(text);
        } catch (JoseException | GeneralSecurityException | RuntimeException e) {
            return refused(location, "allowed: a JWKS or a PEM public key");
        }
        if (production && keys.stream().anyMatch(TokenKeys::isForDevelopment)) {
            return refused(location, "allowed in production: keys that were not made for development");
        }
        if (!keys.stream().allMatch(TokenKeys::isPublic)) {
            return refused(location, "allowed: public keys and no others");
        }
        if (keys.stream().noneMatch(key -> fits(key, algorithm))) {
            return refused(location, "allowed: at least one key for credits.token.algorithm " + algorithm);
        }
        return Optional.empty();
    }

    private static List<JsonWebKey> keys(String text) throws JoseException, GeneralSecurityException {
        if (!text.contains("-----BEGIN")) {
            return new JsonWebKeySet(text).getJsonWebKeys();
        }
        return List.of(JsonWebKey.Factory.newJwk(pem(text)));
    }

    /** Of either type; whether it is the right one is asked of all keys alike. */
    private static PublicKey pem(String text) throws GeneralSecurityException {
        try {
            return KeyUtils.decodePublicKey(text, SignatureAlgorithm.RS256);
        } catch (GeneralSecurityException e) {
            return KeyUtils.decodePublicKey(text, SignatureAlgorithm.ES256);
        }
    }

    private static boolean isForDevelopment(JsonWebKey key) {
        return key.getKeyId() != null && key.getKeyId().startsWith(DEVELOPMENT_PREFIX);
    }

    private static boolean isPublic(JsonWebKey key) {
        return key instanceof PublicJsonWebKey pair && pair.getPrivateKey() == null;
    }

    private static boolean fits(JsonWebKey key, String algorithm) {
        return algorithm.startsWith("ES") ? key.getKey() instanceof ECPublicKey : key.getKey() instanceof RSAPublicKey;
    }

    private static Optional<String> refused(String location, String allowed) {
        return Optional.of(withoutSecrets(KEYS + location + REFUSED + allowed));
    }

    /** The line about this setting, without a password or a key that somebody has put into it; any other as it is. */
    static String withoutSecrets(String line) {
        int end = line.lastIndexOf(REFUSED);
        if (!line.startsWith(KEYS) || end < KEYS.length()) {
            return line;
        }
        String value = line.substring(KEYS.length(), end);
        String shown = value.matches("(?s)\\s*\\{.*|.*-----BEGIN.*")
                ? "(a key)"
                : value.replaceFirst("(?s)^(\\w+://)(?:.*@)?([^?#]*).*", "$1$2");
        return KEYS + shown + line.substring(end);
    }
}
