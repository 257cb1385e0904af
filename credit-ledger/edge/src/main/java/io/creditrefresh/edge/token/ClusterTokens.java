package io.creditrefresh.edge.token;

import io.smallrye.jwt.KeyFormat;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Takes the tokens that a Kubernetes cluster projects into the pods of the service accounts that are named, and no others.
 * They have no groups: each of them is a {@code service}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/">Managing service
 *     accounts</a>
 */
@Singleton
class ClusterTokens {

    private static final String SUBJECT = "system:serviceaccount:";

    /** What clusters sign with. */
    private static final Set<SignatureAlgorithm> ALGORITHMS =
            Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);

    /** Looks who a token says it is from, to know which keys to check that with. */
    private static final JwtConsumer UNCHECKED = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setDisableRequireSignature()
            .setSkipSignatureVerification()
            .build();

    // Of its own: a reader keeps the keys that it has fetched.
    private final JWTCallerPrincipalFactory reader = new DefaultJWTCallerPrincipalFactory();
    private final Optional<String> issuer;
    private final Optional<String> keys;
    private final Set<String> subjects;

    ClusterTokens(ClusterSettings settings) {
        issuer = settings.issuer();
        keys = settings.keys();
        subjects = settings.services().stream()
                .flatMap(accounts -> Stream.of(accounts.trim().split(",")))
                .map(account -> SUBJECT + account)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a token says that it comes from the cluster; whether that is true shows when it is read. */
    boolean claims(String token) {
        return issuer.isPresent() && issuer.equals(issuerOf(token));
    }

    /**
     * Reads such a token.
     *
     * @param others how other tokens are read: their audience, skew and time limits are those of these, too
     * @throws ParseException if it is not the cluster's for this service, or of an account that is not named
     */
    JWTCallerPrincipal parse(String token, JWTAuthContextInfo others) throws ParseException {
        JWTCallerPrincipal principal = reader.parse(token, settings(others));
        if (!subjects.contains(principal.getSubject()) || !principal.getGroups().equals(Set.of(Roles.SERVICE))) {
            throw new ParseException("a service account that may not call");
        }
        return principal;
    }

    private JWTAuthContextInfo settings(JWTAuthContextInfo others) {
        JWTAuthContextInfo settings = new JWTAuthContextInfo(others);
        settings.setIssuedBy(issuer.orElseThrow());
        // Nothing that the settings of the other tokens say about their keys holds for these.
        settings.setPublicVerificationKey(null);
        settings.setPublicKeyContent(null);
        settings.setSecretVerificationKey(null);
        settings.setSecretKeyContent(null);
        settings.setTokenKeyId(null);
        settings.setKeyFormat(KeyFormat.ANY);
        settings.setPublicKeyLocation(keys.orElseThrow());
        settings.setSignatureAlgorithm(ALGORITHMS);
        settings.setGroupsPath(null);
        settings.setDefaultGroupsClaim(Roles.SERVICE);
        return settings;
    }

    private static Optional<String> issuerOf(String token) {
        try {
            return Optional.ofNullable(UNCHECKED.processToClaims(token).getStringClaimValue("iss"));
        } catch (InvalidJwtException | MalformedClaimException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
