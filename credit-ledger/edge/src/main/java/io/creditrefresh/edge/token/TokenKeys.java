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
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** Checks before the start that a key file holds public keys, and in production no development ones. */
public final class TokenKeys {

    /** How the ids of keys begin that were made for one run on somebody's machine. */
    public static final String DEVELOPMENT_PREFIX = "development-";

    private static final String REFUSED = "\" is not allowed; ";

    /** Greedy: what is refused may itself contain what comes after it. */
    private static final Pattern LINE = Pattern.compile(
            "(credits\\.token\\.(?:cluster\\.)?keys: \")(.*)(" + Pattern.quote(REFUSED) + ".*)", Pattern.DOTALL);

    private final String setting;
    private final String location;
    private final boolean production;

    private TokenKeys(String setting, String location, List<String> profiles) {
        this.setting = setting;
        this.location = location;
        this.production = profiles.contains("prod");
    }

    /** What is wrong with the keys, as one line; empty when the service may start. A URL is not fetched. */
    public static Optional<String> problem(TokenSettings settings, List<String> profiles) {
        String algorithm = settings.algorithm();
        return new TokenKeys("credits.token.keys", settings.keys(), profiles)
                .problem(key -> fits(key, algorithm), "credits.token.algorithm " + algorithm);
    }

    /** The same of a cluster's keys. */
    static Optional<String> clusterProblem(String location, List<String> profiles) {
        return new TokenKeys("credits.token.cluster.keys", location, profiles)
                .problem(key -> fits(key, "RS256") || fits(key, "ES256"), "RS256 or ES256");
    }

    private Optional<String> problem(Predicate<JsonWebKey> fits, String algorithms) {
        if (location.matches("https?://.*")) {
            return production && location.startsWith("http://")
                    ? refused("allowed in production: an https URL or a file")
                    : Optional.empty();
        }
        try {
            return problemOfFile(Files.readString(Path.of(location)), fits, algorithms);
        } catch (IOException | InvalidPathException e) {
            return refused("allowed: an https URL, or a file that can be read");
        }
    }

    private Optional<String> problemOfFile(String text, Predicate<JsonWebKey> fits, String algorithms) {
        List<JsonWebKey> keys;
        try {
            keys = keys(text);
        } catch (JoseException | GeneralSecurityException | RuntimeException e) {
            return refused("allowed: a JWKS or a PEM public key");
        }
        if (production && keys.stream().anyMatch(TokenKeys::isForDevelopment)) {
            return refused("allowed in production: keys that were not made for development");
        }
        if (!keys.stream().allMatch(TokenKeys::isPublic)) {
            return refused("allowed: public keys and no others");
        }
        return keys.stream().anyMatch(fits) ? Optional.empty() : refused("allowed: at least one key for " + algorithms);
    }

    private Optional<String> refused(String allowed) {
        return Optional.of(withoutSecrets(setting + ": \"" + location + REFUSED + allowed));
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

    /** The line about these settings, without a password or a key that somebody has put into it; any other as it is. */
    static String withoutSecrets(String line) {
        Matcher refusal = LINE.matcher(line);
        if (!refusal.matches()) {
            return line;
        }
        String value = refusal.group(2);
        String shown = value.matches("(?s)\\s*\\{.*|.*-----BEGIN.*")
                ? "(a key)"
                : value.replaceFirst("(?s)^(\\w+://)(?:.*@)?([^?#]*).*", "$1$2");
        return refusal.group(1) + shown + refusal.group(3);
    }
}
