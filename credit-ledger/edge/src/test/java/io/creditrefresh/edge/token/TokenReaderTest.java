package io.creditrefresh.edge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReaderTest {

    private final TokenReader reader = new TokenReader();

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

    private static JWTAuthContextInfo keysAt(String location) {
        JWTAuthContextInfo settings = new JWTAuthContextInfo(location, TestTokens.ISSUER);
        settings.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256));
        settings.setRequiredClaims(Set.of("sub"));
        return settings;
    }
}
