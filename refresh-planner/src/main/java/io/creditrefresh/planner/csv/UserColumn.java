package io.creditrefresh.planner.csv;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A column of the old user table. */
enum UserColumn {
    USER_ID("userId"),
    EMAIL("email"),
    TIER("tier"),
    CREDIT_BALANCE("creditBalance"),
    LAST_CREDIT_REFRESH("lastCreditRefresh"),
    CREDIT_REFRESH_HOLD("creditRefreshHold"),
    CREDIT_REFRESH_DAY("creditRefreshDay"),
    CUSTOM_CREDIT_AMOUNT("customCreditAmount");

    private final String header;

    UserColumn(String header) {
        this.header = header;
    }

    /** The column's name in the header of a file. */
    String header() {
        return header;
    }

    /** All names, as a header has them. */
    static String headers() {
        return Arrays.stream(values()).map(UserColumn::header).collect(Collectors.joining(","));
    }
}
