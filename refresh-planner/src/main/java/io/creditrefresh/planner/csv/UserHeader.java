package io.creditrefresh.planner.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the columns stand in the lines of one file. */
final class UserHeader {

    private final Map<UserColumn, Integer> positions = new EnumMap<>(UserColumn.class);

    /** Takes a header that has each column once and no other. */
    UserHeader(List<String> names) throws WrongHeaderException {
        Set<String> twice = new LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            UserColumn column = column(name);
            if (column == null) {
                unknown.add(name.isEmpty() ? "column " + (i + 1) + " without a name" : Quoted.of(name));
            } else if (positions.put(column, i) != null) {
                twice.add(name);
            }
        }
        List<String> missing = Arrays.stream(UserColumn.values())
                .filter(column -> !positions.containsKey(column))
                .map(UserColumn::header)
                .toList();
        List<String> problems = new ArrayList<>();
        addIfAny(problems, "lacks ", missing);
        addIfAny(problems, "has more than once ", twice);
        addIfAny(problems, "has the unknown ", unknown);
        if (!problems.isEmpty()) {
            throw new WrongHeaderException(String.join("; ", problems));
        }
    }

    /** How many fields a line has. */
    int size() {
        return positions.size();
    }

    /** The field of a line that has as many as the header. */
    String field(UserColumn column, List<String> fields) {
        return fields.get(Objects.requireNonNull(positions.get(column)));
    }

    private static @Nullable UserColumn column(String name) {
        return Arrays.stream(UserColumn.values())
                .filter(column -> column.header().equals(name))
                .findAny()
                .orElse(null);
    }

    private static void addIfAny(List<String> problems, String what, Collection<String> names) {
        if (!names.isEmpty()) {
            problems.add(what + String.join(", ", names));
        }
    }
}
