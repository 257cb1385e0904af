package io.creditrefresh.ledger.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules against the reference, in many random lives. A failure prints the seed of its life, and {@code -Dseed=…}
 * lives that one again.
 */
class RulesRandomTest {

    private static final int LIVES = 100_000;

    /** IMPORT, PURCHASE and MIRROR come from elsewhere. */
    private static final Set<String> TYPES = Set.of(
            "PROVISION",
            "REFRESH",
            "MANUAL_REFRESH",
            "RESET",
            "UPGRADE",
            "DOWNGRADE",
            "SYNC",
            "CONSUME",
            "REFUND",
            "ADJUST",
            "RESTORE",
            "SETTINGS");

    @Test
    void comeToWhatTheReferenceComesTo() {
        Long only = Long.getLong("seed");
        long first = only == null ? System.nanoTime() : only;
        int lives = only == null ? LIVES : 1;
        Set<String> types = new HashSet<>();
        long steps = 0;
        for (int i = 0; i < lives; i++) {
            RandomLife life = lived(first + i);
            steps += life.steps();
            types.addAll(life.types());
        }

        assertThat(steps).isBetween(10L * lives, 25L * lives);
        assertThat(types).isSubsetOf(TYPES).hasSize(only == null ? TYPES.size() : types.size());
    }

    private static RandomLife lived(long seed) {
        RandomLife life = new RandomLife(seed);
        try {
            life.live();
            return life;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed %d: %s%n%s".formatted(seed, e.getMessage(), life.story()), e);
        }
    }
}
