package io.creditrefresh.ledger.twoviews;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can happen to users, to those of the ledger as to those of the model. Each answers in one word. */
interface Side {

    String DONE = "DONE";

    /** One account as both sides tell of it; instants are epoch seconds. */
    record Purse(String kind, long allowance, long bonus, long granted, long start, long end, boolean isOnSchedule) {}

    /** What an admin changes of the rollout; what is empty stays. */
    record Move(
            Optional<Optional<Boolean>> global,
            Optional<Integer> percentage,
            Optional<Boolean> newUsers,
            boolean isTheEnd) {}

    /** Lets it be this epoch second. */
    void at(long second);

    /** Somebody whom an import brought long before the rollout; their period began at {@code start}. */
    String imports(String userId, String plan, long start);

    String provision(String userId, String plan);

    String move(Move move);

    /** Starts an instance anew, with this {@code ENABLE_CREDITS_V2}. */
    String restart(@Nullable Boolean variable);

    String override(String userId, @Nullable Boolean isIn);

    /** Whether due refreshes wait for a command that cannot do without. */
    String pause(boolean isPaused);

    String spend(String userId, String key, Map<String, Long> asked);

    String refund(String userId, String key);

    /** A worker's job for one account alone. */
    String work(String userId, String kind);

    String changePlan(String userId, String plan);

    String adjust(String userId, String kind, long credits);

    /** Credits per period in place of the plan's; null: the plan's. */
    String custom(String userId, String kind, @Nullable Long credits);

    String fillUp(String userId);

    String reset(String userId);

    String hold(String userId, boolean isHeld);

    /** In the order of kinds. */
    List<Purse> purses(String userId);
}
