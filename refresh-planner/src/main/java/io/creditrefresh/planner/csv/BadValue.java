package io.creditrefresh.planner.csv;

/**
 * What is wrong with one value of a row.
 *
 * @param column as in the header, or {@code line} if the line cannot be taken apart
 * @param reason goes on from the column: what the value is, and what is allowed
 */
public record BadValue(String column, String reason) {

    static BadValue ofLine(String reason) {
        return new BadValue("line", reason);
    }

    static BadValue of(UserColumn column, String reason) {
        return new BadValue(column.header(), reason);
    }

    /** The user is also on an earlier line. */
    public static BadValue repeatedUser(long firstLine) {
        return of(UserColumn.USER_ID, "is also on line " + firstLine);
    }

    /** The plan is known, but gave nothing when the user's period started. */
    public static BadValue planWithoutAllowance(String plan) {
        return of(UserColumn.TIER, Quoted.of(plan) + " gave no credits yet when the user's period started");
    }
}
