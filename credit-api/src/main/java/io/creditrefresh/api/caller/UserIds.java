package io.creditrefresh.api.caller;

import io.creditrefresh.edge.problem.ProblemCode;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Whose data a request is about. */
public final class UserIds {

    /** As many characters as the ledger takes, no control characters, and none that stands for broken UTF-8. */
    private static final Pattern ALLOWED = Pattern.compile("[^\\p{Cc}\\p{Cs}\uFFFD]{1,128}");

    private UserIds() {}

    /**
     * The id of the token's user.
     *
     * @param named whom the request names; anybody else is answered like a user who does not exist
     */
    public static String own(JsonWebToken token, @Nullable String named) {
        String subject = token.getSubject();
        if (!ALLOWED.matcher(subject).matches()
                || (named != null && !named(named).equals(subject))) {
            throw ProblemCode.USER_NOT_FOUND.problem();
        }
        return subject;
    }

    /** A user id as a request names it; one that no user can have is the problem {@code invalid_request}. */
    public static String named(String userId) {
        if (!ALLOWED.matcher(userId).matches()) {
            throw ProblemCode.INVALID_REQUEST.problem("userId has 1 to 128 characters, all of them printable");
        }
        return userId;
    }
}
