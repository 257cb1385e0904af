package io.creditrefresh.api.caller;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Who calls, by the token of the request at hand. */
@Singleton
public class Caller {

    /** The one with the most to say first: an admin who is also support acts as admin. */
    private static final List<String> ROLES = List.of(Roles.ADMIN, Roles.SUPPORT, Roles.SERVICE, Roles.USER);

    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\uFFFD]");
    private static final int SUBJECT_SHOWN_MAX = 128;

    private final SecurityIdentity identity;
    private final JsonWebToken token;

    Caller(SecurityIdentity identity, JsonWebToken token) {
        this.identity = identity;
        this.token = token;
    }

    /** The role that the caller acts in. */
    public String role() {
        return ROLES.stream().filter(identity::hasRole).findFirst().orElseThrow(ProblemCode.FORBIDDEN::problem);
    }

    /**
     * The caller as ledger and audit name them: {@code admin:alice}; {@code user} for a user, whom the account names: what
     * is never changed must not name them.
     */
    public String actor() {
        String role = role();
        return role.equals(Roles.USER) ? role : named();
    }

    /** The caller with role and subject: {@code user:bob}. */
    public String named() {
        String subject = NOT_PRINTABLE.matcher(token.getSubject()).replaceAll("?");
        return role() + ":"
                + (subject.length() > SUBJECT_SHOWN_MAX ? subject.substring(0, SUBJECT_SHOWN_MAX) : subject);
    }

    /** Whether it is somebody who looks after users. */
    public boolean isStaff() {
        return identity.hasRole(Roles.SUPPORT) || identity.hasRole(Roles.ADMIN);
    }

    /** Whose credits a request is about: a user's own; whom it names, if it is the product's backend that asks. */
    public String userOf(@Nullable String named) {
        if (!identity.hasRole(Roles.SERVICE)) {
            return UserIds.own(token, named);
        }
        if (named == null) {
            throw ProblemCode.INVALID_REQUEST.problem("userId is missing");
        }
        return UserIds.named(named);
    }
}
