package io.creditrefresh.local.token;

import java.util.Optional;

/**
 * Whom a token speaks for.
 *
 * @param role what the services let him do, one of {@code admin}, {@code support}, {@code service} and {@code user}
 * @param id the user's id; for the other roles the name that their actions are recorded under
 */
public record Bearer(String role, String id) {

    public static final Bearer ADMIN = new Bearer("admin", "admin");
    public static final Bearer SUPPORT = new Bearer("support", "support");
    public static final Bearer SERVICE = new Bearer("service", "service");

    /** What {@link #named} takes, for people. */
    public static final String NAMES = "admin, support, service, or user:USER_ID with an id of 1 to 128 characters";

    private static final String USER = "user";
    private static final String USER_PREFIX = USER + ":";
    private static final int ID_MAX = 128;

    /** A user with an id of 1 to 128 characters, whatever they are. */
    public static Bearer user(String userId) {
        if (!isUserId(userId)) {
            throw new IllegalArgumentException("a user id has 1 to 128 characters: " + userId);
        }
        return new Bearer(USER, userId);
    }

    /** The bearer of a name such as {@code support} or {@code user:alice}; empty for any other name. */
    public static Optional<Bearer> named(String name) {
        if (name.startsWith(USER_PREFIX)) {
            return Optional.of(name.substring(USER_PREFIX.length()))
                    .filter(Bearer::isUserId)
                    .map(Bearer::user);
        }
        return switch (name) {
            case "admin" -> Optional.of(ADMIN);
            case "support" -> Optional.of(SUPPORT);
            case "service" -> Optional.of(SERVICE);
            default -> Optional.empty();
        };
    }

    /** Characters as Postgres counts them. */
    private static boolean isUserId(String id) {
        return !id.isEmpty() && id.codePointCount(0, id.length()) <= ID_MAX;
    }
}
