package io.creditrefresh.planner.csv;

import io.creditrefresh.ledger.imports.ImportedUser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the file.
 *
 * @param line number of its line, from 1
 * @param userId null if it cannot be read
 * @param user null if any value is bad
 * @param badValues all of them, in the order of the columns
 */
public record UserRow(
        long line, @Nullable String userId, @Nullable ImportedUser user, List<BadValue> badValues) {

    public UserRow {
        if ((user == null) == badValues.isEmpty()) {
            throw new IllegalArgumentException("a row is good or has a bad value: line " + line);
        }
    }

    static UserRow unreadable(long line, String reason) {
        return new UserRow(line, null, null, List.of(BadValue.ofLine(reason)));
    }
}
