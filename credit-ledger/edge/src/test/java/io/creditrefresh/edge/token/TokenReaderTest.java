package io.creditrefresh.edge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.jwt.KeyFormat;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReaderTest {

    private static final JWTAuthContextInfo OTHERS =
            keysAt(TestTokens.otherPublicKeys().toString());

    private record Cluster(Optional<String> issuer, Optional<String> keys, Optional<String> services)
            implements ClusterSettings {}

    private final TokenReader reader = reader(new Cluster(Optional.empty(), Optional.empty(), Optional.empty()));

    @Test
    void readsWhoAndInWhichRoles() throws ParseException {
        JWTCallerPrincipal alice = reader.parse(
                TestTokens.user("alice"), keysAt(TestTokens.publicKeys().toString()));

        assertThat(alice.getSubject()).isEqualTo("alice");
        assertThat(alice.getGroups()).containsExactly("user");
    }

    @Test
    void refusesClaimsOfStrangeTypesAsItRefusesAnyBadToken() {
        JWTAuthContextInfo settings = keysAt(TestTokens.publicKeys().toString());
        List<Object> strange = new ArrayList<>(List.of(1, true, 1.5, List.of(1), List.of(Map.of()), Map.of("a", 1)));
        for (String claim : List.of("sub", "groups", "exp", "iat", "nbf", "iss", "aud", "jti", "upn")) {
            for (Object value : strange) {
                String token = TestTokens.signed(claims -> claims.setClaim(claim, value), Roles.USER);
                try {
                    assertThat(reader.parse(token, settings).getSubject()).isEqualTo("somebody");
                } catch (ParseException refused) {
                    assertThat(refused).hasMessage("a bad token");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:1/jwks", "http://localhost:1/jwks"})
    void doesNotBlameATokenForKeysThatAreAway(String keys) {
        assertThatThrownBy(() -> reader.parse(TestTokens.user("alice"), keysAt(keys)))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                        .isEqualTo(503));
    }

    @Test
    void takesANamedServiceAccountOfTheClusterAsABackend() throws ParseException {
        JWTCallerPrincipal trigger = withCluster().parse(TestTokens.serviceAccount(TestTokens.SERVICE_ACCOUNT), OTHERS);

        assertThat(trigger.getGroups()).containsExactly(Roles.SERVICE);
        assertThat(trigger.getSubject()).isEqualTo("system:serviceaccount:credit-refresh:trigger");
    }

    @Test
    void goesOnTakingTheIssuersTokens() throws ParseException {
        assertThat(withCluster()
                        .parse(
                                TestTokens.user("alice"),
                                keysAt(TestTokens.publicKeys().toString()))
                        .getGroups())
                .containsExactly("user");
    }

    @Test
    void takesNoOtherTokenOfTheCluster() {
        List<String> bad = List.of(
                TestTokens.serviceAccount("credit-refresh:default"),
                TestTokens.serviceAccount("other:trigger"),
                TestTokens.signed(claims -> {
                    claims.setIssuer(TestTokens.CLUSTER);
                    claims.setSubject("system:serviceaccount:credit-refresh:trigger");
                    claims.setAudience("https://kubernetes.default.svc");
                    claims.unsetClaim("groups");
                }),
                // What a cluster does not write: a token that names its own roles.
                TestTokens.signed(
                        claims -> {
                            claims.setIssuer(TestTokens.CLUSTER);
                            claims.setSubject("system:serviceaccount:credit-refresh:trigger");
                        },
                        Roles.ADMIN));

        for (String token : bad) {
            assertThatThrownBy(() -> withCluster().parse(token, OTHERS)).isInstanceOf(ParseException.class);
        }
        assertThatThrownBy(() -> reader.parse(TestTokens.serviceAccount(TestTokens.SERVICE_ACCOUNT), OTHERS))
                .isInstanceOf(ParseException.class);
    }

    @Test
    void takesNoTokenOfTheClusterThatIsSignedOtherwiseOrIsOver() {
        List<String> bad = new ArrayList<>(TestTokens.badServiceAccounts(TestTokens.SERVICE_ACCOUNT));
        for (String claim : List.of("exp", "aud", "sub", "iat")) {
            bad.add(TestTokens.signed(claims -> {
                claims.setIssuer(TestTokens.CLUSTER);
                claims.setSubject("system:serviceaccount:" + TestTokens.SERVICE_ACCOUNT);
                claims.unsetClaim("groups");
                claims.unsetClaim(claim);
            }));
        }
        bad.add(TestTokens.signed(claims -> {
            claims.setIssuer(TestTokens.CLUSTER);
            claims.setSubject("system:serviceaccount:" + TestTokens.SERVICE_ACCOUNT);
            claims.unsetClaim("groups");
            claims.setExpirationTimeMinutesInTheFuture(-5);
        }));

        for (String token : bad) {
            assertThatThrownBy(() -> withCluster().parse(token, OTHERS))
                    .as(token)
                    .isInstanceOf(ParseException.class);
        }
    }

    /** Whatever the other tokens are checked with, be it one key in a PEM file. */
    @Test
    void takesTheClustersTokensBesideAnyKeysOfTheIssuer() throws ParseException {
        JWTAuthContextInfo others = new JWTAuthContextInfo(OTHERS);
        others.setKeyFormat(KeyFormat.PEM_KEY);
        others.setTokenKeyId("another");
        others.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));

        assertThat(withCluster()
                        .parse(TestTokens.serviceAccount(TestTokens.SERVICE_ACCOUNT), others)
                        .getGroups())
                .containsExactly(Roles.SERVICE);
    }

    @Test
    void doesNotBlameAClustersTokenForKeysThatAreAway() {
        TokenReader away = reader(new Cluster(
                Optional.of(TestTokens.CLUSTER),
                Optional.of("https://localhost:1/jwks"),
                Optional.of(TestTokens.SERVICE_ACCOUNT)));

        assertThatThrownBy(() -> away.parse(TestTokens.serviceAccount(TestTokens.SERVICE_ACCOUNT), OTHERS))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> assertThat(problem.getStatusCode())
                        .isEqualTo(503));
    }

    /** The issuer's keys vouch for nobody of the cluster, and the cluster's for nobody of the issuer. */
    @Test
    void checksEachWithItsOwnKeys() {
        TokenReader strangeCluster = reader(new Cluster(
                Optional.of(TestTokens.CLUSTER),
                Optional.of(TestTokens.otherPublicKeys().toString()),
                Optional.of("other:name," + TestTokens.SERVICE_ACCOUNT)));

        assertThatThrownBy(() -> strangeCluster.parse(TestTokens.serviceAccount(TestTokens.SERVICE_ACCOUNT), OTHERS))
                .isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> withCluster()
                        .parse(
                                TestTokens.user("alice"),
                                keysAt(TestTokens.otherPublicKeys().toString())))
                .isInstanceOf(ParseException.class);
    }

    private static TokenReader withCluster() {
        return reader(new Cluster(
                Optional.of(TestTokens.CLUSTER),
                Optional.of(TestTokens.publicKeys().toString()),
                Optional.of("other:name," + TestTokens.SERVICE_ACCOUNT)));
    }

    private static TokenReader reader(Cluster cluster) {
        return new TokenReader(new ClusterTokens(cluster), new VerifiedTokens());
    }

    private static JWTAuthContextInfo keysAt(String location) {
        JWTAuthContextInfo settings = new JWTAuthContextInfo(location, TestTokens.ISSUER);
        settings.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256));
        settings.setRequiredClaims(Set.of("sub"));
        settings.setExpectedAudience(Set.of(TestTokens.AUDIENCE));
        return settings;
    }
}
