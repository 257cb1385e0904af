package io.creditrefresh.ledger.twoviews;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Users are moved in and out of Credits v2 between whatever else happens to them, in many random lives. A failure prints
 * the seed of its life; {@code -Dseed=…} lives that one again, {@code -Dlives=…} lives so many.
 */
class TwoViewsRandomTest {

    private static final long FIRST_SEED = 1;
    private static final int LIVES = 80;
    private static final int LIVES_OF_ONE_DATABASE = 50;

    @Test
    void keepBothViewsAsTheRulesSay() throws SQLException {
        Long only = Long.getLong("seed");
        long first = only == null ? FIRST_SEED : only;
        int lives = only == null ? Integer.getInteger("lives", LIVES) : 1;
        Set<String> seen = new TreeSet<>();

        for (int i = 0; i < lives; i += LIVES_OF_ONE_DATABASE) {
            try (LifeDatabase database = new LifeDatabase()) {
                for (int j = i; j < Math.min(lives, i + LIVES_OF_ONE_DATABASE); j++) {
                    seen.addAll(lived(first + j, database).seen());
                }
            }
        }

        if (lives >= LIVES) {
            assertThat(seen)
                    .contains(
                            "spent DONE",
                            "spent TOO_LITTLE",
                            "spent POOL_IS_CLOSED",
                            "spent REPEATED",
                            "spent KEY_REUSED",
                            "refunded DONE",
                            "refunded ALREADY_REFUNDED",
                            "worked DONE",
                            "worked NOT_DUE",
                            "reset DONE",
                            "filled up DONE",
                            "moved DONE",
                            "credits MIRROR",
                            "analysis MIRROR",
                            "roast MIRROR",
                            "credits CONSUME of bonus",
                            "analysis CONSUME of bonus",
                            "credits REFRESH to bonus",
                            "analysis REFRESH to bonus",
                            "credits UPGRADE to bonus",
                            "analysis UPGRADE to bonus",
                            "credits REFUND to bonus",
                            "roast REFUND to bonus");
        }
    }

    private static Life lived(long seed, LifeDatabase database) {
        Life life = new Life(seed, "life" + seed, database);
        try {
            life.live();
            return life;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed %d: %s%n%s".formatted(seed, e.getMessage(), life.story()), e);
        }
    }
}
