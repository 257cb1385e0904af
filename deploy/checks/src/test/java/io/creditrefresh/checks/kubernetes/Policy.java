package io.creditrefresh.checks.kubernetes;

import java.util.List;
import java.util.function.Function;

/** Something that every overlay must keep to, and no model asks for. */
record Policy(String name, Function<Overlay, List<String>> rule) {

    /** What breaks it: object, place and why. */
    List<String> findings(Overlay overlay) {
        return rule.apply(overlay);
    }

    @Override
    public String toString() {
        return name;
    }
}
