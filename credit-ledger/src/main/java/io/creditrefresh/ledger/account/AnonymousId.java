package io.creditrefresh.ledger.account;

import java.util.UUID;
import java.util.regex.Pattern;

/** The id that a user has for good once they are anonymised: it says nothing of who they were. */
public final class AnonymousId {

    private static final String PREFIX = "anonymised-";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private AnonymousId() {}

    /** One that nobody has. */
    public static String random() {
        return PREFIX + UUID.randomUUID();
    }

    /** Whether an id is one of these; no product may give its users such ids. */
    public static boolean is(String userId) {
        return FORM.matcher(userId).matches();
    }
}
