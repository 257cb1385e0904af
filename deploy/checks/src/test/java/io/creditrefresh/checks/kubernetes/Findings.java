package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a policy finds, gathered with where it stands. */
final class Findings {

    private final List<String> lines = new ArrayList<>();

    void check(boolean holds, Object object, String place, String otherwise) {
        if (!holds) {
            lines.add("%s: %s: %s".formatted(object, place, otherwise));
        }
    }

    void equal(KubeObject object, JsonNode from, String pointer, Object wanted) {
        String is = from.at(pointer).asText();
        check(is.equals(wanted.toString()), object, pointer, "is \"" + is + "\" and should be " + wanted);
    }

    void present(KubeObject object, JsonNode from, String pointer) {
        check(!from.at(pointer).isMissingNode(), object, pointer, "is missing");
    }

    void absent(KubeObject object, JsonNode from, String pointer) {
        check(from.at(pointer).isMissingNode(), object, pointer, "must not be there");
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
