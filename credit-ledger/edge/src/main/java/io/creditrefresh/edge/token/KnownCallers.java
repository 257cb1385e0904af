package io.creditrefresh.edge.token;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.smallrye.jwt.runtime.auth.JsonWebTokenCredential;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Says at once, on the event loop, who sends a token that was verified a moment ago. Any other is left to the framework,
 * which verifies it on a thread that may wait for keys.
 */
@Singleton
class KnownCallers implements IdentityProvider<TokenAuthenticationRequest> {

    private final VerifiedTokens verified;

    KnownCallers(VerifiedTokens verified) {
        this.verified = verified;
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    /** Before the framework's own, which has the default. */
    @Override
    public int priority() {
        return IdentityProvider.super.priority() + 1;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        return known(request)
                .map(caller -> Uni.createFrom().item(identity(caller, request)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private Optional<JWTCallerPrincipal> known(TokenAuthenticationRequest request) {
        return request.getToken() instanceof JsonWebTokenCredential token
                ? verified.find(token.getToken())
                : Optional.empty();
    }

    /** As the framework makes it of the same token. */
    private static SecurityIdentity identity(JWTCallerPrincipal caller, TokenAuthenticationRequest request) {
        QuarkusSecurityIdentity.Builder identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addCredential(request.getToken())
                .addRoles(caller.getGroups())
                .addAttribute(SecurityIdentity.USER_ATTRIBUTE, caller);
        Optional.ofNullable(HttpSecurityUtils.getRoutingContextAttribute(request))
                .ifPresent(routing -> identity.addAttribute(RoutingContext.class.getName(), routing));
        return identity.build();
    }
}
