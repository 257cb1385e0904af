package io.creditrefresh.ledger.control;

import java.util.Map;
import java.util.Optional;

/** What is stopped at one moment. */
public record Controls(Map<Subject, Halt> halts) {

    public Controls {
        halts = Map.copyOf(halts);
    }

    public Optional<Halt> halt(Subject subject) {
        return Optional.ofNullable(halts.get(subject));
    }

    public boolean isStopped(Subject subject) {
        return halts.containsKey(subject);
    }
}
