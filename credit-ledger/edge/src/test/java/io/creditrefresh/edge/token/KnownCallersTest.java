package io.creditrefresh.edge.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

class KnownCallersTest {

    private final VerifiedTokens verified = new VerifiedTokens();
    private final KnownCallers callers = new KnownCallers(verified);
    private final TokenReader reader = new TokenReader(new ClusterTokens(new NoCluster()), verified);

    @Test
    void saysWhoSendsATokenThatWasVerified() throws ParseException {
        String token = TestTokens.user("alice");
        reader.parse(token, settings());

        SecurityIdentity alice = callOf(new JsonWebTokenCredential(token)).orElseThrow();

        assertThat(((JsonWebToken) alice.getPrincipal()).getSubject()).isEqualTo("alice");
        assertThat(alice.getRoles()).containsExactly(Roles.USER);
        assertThat(alice.isAnonymous()).isFalse();
        assertThat(alice.getCredential(TokenCredential.class).getToken()).isEqualTo(token);
    }

    @Test
    void leavesEveryOtherTokenToTheFramework() {
        String refused = TestTokens.signedByAnotherKey(Roles.ADMIN);
        assertThatThrownBy(() -> reader.parse(refused, settings())).isInstanceOf(ParseException.class);

        assertThat(callOf(new JsonWebTokenCredential(refused))).isEmpty();
        assertThat(callOf(new JsonWebTokenCredential(TestTokens.user("never-seen"))))
                .isEmpty();
    }

    @Test
    void knowsNobodyByAnotherKindOfToken() throws ParseException {
        String token = TestTokens.user("alice");
        reader.parse(token, settings());

        assertThat(callOf(new TokenCredential(token, "bearer"))).isEmpty();
    }

    private Optional<SecurityIdentity> callOf(TokenCredential token) {
        return callers.authenticate(new TokenAuthenticationRequest(token), new NeverBlocking())
                .await()
                .asOptional()
                .indefinitely();
    }

    private static JWTAuthContextInfo settings() {
        JWTAuthContextInfo settings =
                new JWTAuthContextInfo(TestTokens.publicKeys().toString(), TestTokens.ISSUER);
        settings.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256));
        settings.setExpectedAudience(Set.of(TestTokens.AUDIENCE));
        return settings;
    }

    private record NoCluster() implements ClusterSettings {

        @Override
        public Optional<String> issuer() {
            return Optional.empty();
        }

        @Override
        public Optional<String> keys() {
            return Optional.empty();
        }

        @Override
        public Optional<String> services() {
            return Optional.empty();
        }
    }

    private static final class NeverBlocking implements AuthenticationRequestContext {

        @Override
        public Uni<SecurityIdentity> runBlocking(Supplier<SecurityIdentity> work) {
            throw new IllegalStateException("a known token needs no other thread");
        }
    }
}
