package io.creditrefresh.edge.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.jwt.Claims;

/**
 * Tokens that were verified a moment ago, with whom they name: to check a signature costs more than to spend credits. Only
 * the very same token is taken as verified, and only within its own times.
 */
@Singleton
class VerifiedTokens {

    /** For so long a token may be taken after the keys that are known here no longer vouch for it. */
    static final Duration KEPT = Duration.ofMinutes(1);

    /** Of all of them together: 5,000 of 1,000 characters each, and never more than 10,000 of them. */
    static final int WEIGHT_MAX = 10_000_000;

    /** What a token weighs beside its characters: its claims are objects, however short they are. */
    static final int CLAIMS_WEIGHT = 1_000;

    private final Cache<String, VerifiedToken> tokens;
    private final InstantSource clock;

    @Inject
    VerifiedTokens() {
        // Real time, as the verifier has it, whatever the service's clock is set to.
        this(InstantSource.system(), Ticker.systemTicker());
    }

    VerifiedTokens(InstantSource clock, Ticker ticker) {
        this.clock = clock;
        this.tokens = Caffeine.newBuilder()
                .maximumWeight(WEIGHT_MAX)
                .weigher((String token, VerifiedToken verified) -> token.length() + CLAIMS_WEIGHT)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Keeps a token that was verified just now.
     *
     * @param skewSeconds by how much clocks may differ
     */
    void keep(String token, JWTCallerPrincipal caller, int skewSeconds) {
        // SmallRye JWT has 0 for a claim that is not there.
        long notBefore = caller.<Long>getClaim(Claims.nbf);
        tokens.put(token, new VerifiedToken(caller, notBefore - skewSeconds, caller.getExpirationTime() + skewSeconds));
    }

    /** Whom a token names that was verified a moment ago and would be taken now; else it is to be verified. */
    Optional<JWTCallerPrincipal> find(String token) {
        return Optional.ofNullable(tokens.getIfPresent(token))
                .filter(verified -> verified.isValidAt(clock.instant().getEpochSecond()))
                .map(VerifiedToken::caller);
    }

    /** What the tokens weigh that are kept. */
    long weight() {
        tokens.cleanUp();
        return tokens.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /**
     * One of them.
     *
     * @param from the first second at which the verifier takes it
     * @param until the first second at which the verifier does not take it any more
     */
    private record VerifiedToken(JWTCallerPrincipal caller, long from, long until) {

        private boolean isValidAt(long second) {
            return second >= from && second < until;
        }
    }
}
