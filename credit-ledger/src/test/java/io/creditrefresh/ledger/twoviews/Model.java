package io.creditrefresh.ledger.twoviews;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The users of one life as the rules' text has them. */
final class Model implements Side {

    private final Tariff tariff;
    private final Flag flag = new Flag();
    private final Map<String, ModelUser> users = new HashMap<>();
    private boolean isPaused;
    private long now;

    Model(Tariff tariff) {
        this.tariff = tariff;
    }

    @Override
    public void at(long second) {
        now = second;
    }

    @Override
    public String imports(String userId, String plan, long start) {
        users.put(userId, new ModelUser(userId, plan, tariff, flag, start, start));
        return DONE;
    }

    @Override
    public String provision(String userId, String plan) {
        ModelUser user = new ModelUser(userId, plan, tariff, flag, now, now);
        users.put(userId, user);
        if (user.isIn()) {
            user.open();
        }
        return DONE;
    }

    @Override
    public String move(Move move) {
        return flag.move(move, now);
    }

    @Override
    public String restart(@Nullable Boolean variable) {
        flag.start(variable);
        return DONE;
    }

    @Override
    public String override(String userId, @Nullable Boolean isIn) {
        users.get(userId).override(isIn, now);
        return DONE;
    }

    @Override
    public String pause(boolean paused) {
        isPaused = paused;
        return DONE;
    }

    @Override
    public String spend(String userId, String key, Map<String, Long> asked) {
        return users.get(userId).spend(key, asked, isPaused, now);
    }

    @Override
    public String refund(String userId, String key) {
        return users.get(userId).refund(key, isPaused, now);
    }

    @Override
    public String work(String userId, String kind) {
        return users.get(userId).refresh(kind, now);
    }

    @Override
    public String changePlan(String userId, String plan) {
        return users.get(userId).changePlan(plan, now);
    }

    @Override
    public String adjust(String userId, String kind, long credits) {
        return users.get(userId).adjust(kind, credits, isPaused, now);
    }

    @Override
    public String custom(String userId, String kind, @Nullable Long credits) {
        return users.get(userId).custom(kind, credits, now);
    }

    @Override
    public String fillUp(String userId) {
        return users.get(userId).fillUp(now);
    }

    @Override
    public String reset(String userId) {
        return users.get(userId).reset(now);
    }

    @Override
    public String hold(String userId, boolean isHeld) {
        return users.get(userId).hold(isHeld, now);
    }

    @Override
    public List<Purse> purses(String userId) {
        return users.get(userId).purses();
    }
}
