package io.creditrefresh.edge.token;

/** The roles that a token's groups may name. */
public final class Roles {

    /** An end user: own data only; the token's subject is the user id. */
    public static final String USER = "user";

    /** The SaaS backend; names the user in each request. */
    public static final String SERVICE = "service";

    /** Reads what admins read. */
    public static final String SUPPORT = "support";

    public static final String ADMIN = "admin";

    private Roles() {}
}
