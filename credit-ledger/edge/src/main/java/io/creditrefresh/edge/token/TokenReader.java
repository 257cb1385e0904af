package io.creditrefresh.edge.token;

import io.creditrefresh.edge.problem.ProblemCode;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Reads tokens as the framework does, but for two answers: claims of strange types are the token's fault and not the
 * service's, and keys that cannot be fetched are not the token's. Keeps in mind which tokens are good.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class TokenReader extends JWTCallerPrincipalFactory {

    private static final Logger LOG = Logger.getLogger(TokenReader.class);

    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final JWTCallerPrincipalFactory reader = new DefaultJWTCallerPrincipalFactory();
    private final ClusterTokens cluster;
    private final VerifiedTokens verified;
    private final Complaint issuersKeys = new Complaint("credits.token.keys");
    private final Complaint clustersKeys = new Complaint("credits.token.cluster.keys");

    TokenReader(ClusterTokens cluster, VerifiedTokens verified) {
        this.cluster = cluster;
        this.verified = verified;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
        boolean isOfCluster = cluster.claims(token);
        try {
            JWTCallerPrincipal principal = isOfCluster ? cluster.parse(token, settings) : reader.parse(token, settings);
            // Read now, while a wrong type still counts as a bad token.
            Objects.requireNonNull(principal.getSubject());
            Objects.requireNonNull(principal.getGroups());
            verified.keep(token, principal, settings.getClockSkew());
            return principal;
        } catch (ParseException | RuntimeException e) {
            Optional<IOException> away = keysAway(e);
            if (away.isPresent()) {
                (isOfCluster ? clustersKeys : issuersKeys).say(away.get());
                throw ProblemCode.UNAVAILABLE.problem("the token's keys cannot be fetched");
            }
            throw new ParseException("a bad token", e);
        }
    }

    private static Optional<IOException> keysAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException away) {
                return Optional.of(away);
            }
        }
        return Optional.empty();
    }

    /** About the keys of one setting, once a minute: whoever sends tokens must not be able to fill the log. */
    private static final class Complaint {

        private final String setting;
        private final AtomicLong saidAtNanos = new AtomicLong(System.nanoTime() - SAY_AGAIN_NANOS);

        private Complaint(String setting) {
            this.setting = setting;
        }

        private void say(IOException away) {
            long now = System.nanoTime();
            long before = saidAtNanos.get();
            if (now - before >= SAY_AGAIN_NANOS && saidAtNanos.compareAndSet(before, now)) {
                LOG.warnf("%s: no keys can be fetched: %s", setting, away);
            }
        }
    }
}
