package io.creditrefresh.api;

import java.util.List;

/** Paths of the API by who may call them; each is a GET. */
public final class Operations {

    public static final String STATUS = "/api/user/credits/status";
    public static final String NEXT_REFRESH = "/api/user/credits/next-refresh";
    public static final String REFRESH_HISTORY = "/api/user/credits/refresh-history";
    public static final String CONFIG = "/api/credits/config";
    public static final String MONITOR = "/api/scheduled-tasks/credit-refresh-monitor";
    public static final String STATS = "/api/admin/credits/refresh-stats";

    /** Those of a user's own data. */
    public static final List<String> OWN = List.of(STATUS, NEXT_REFRESH, REFRESH_HISTORY);

    private Operations() {}

    public static String refreshHistoryOf(String encodedUserId) {
        return "/api/admin/users/" + encodedUserId + "/refresh-history";
    }

    public static String explanationOf(String encodedUserId) {
        return "/api/admin/users/" + encodedUserId + "/explain";
    }
}
