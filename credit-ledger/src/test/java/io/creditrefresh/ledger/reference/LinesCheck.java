package io.creditrefresh.ledger.reference;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What must hold of every ledger, whatever the rules say; line by line. */
public final class LinesCheck {

    private static final Set<String> LOWERING = Set.of("CONSUME", "ADJUST", "RESTORE", "REFRESH");
    private static final Set<String> LOWERING_BONUS = Set.of("CONSUME", "ADJUST");

    private final Map<String, Line> last = new HashMap<>();
    private final Map<String, Long> bonuses = new HashMap<>();
    private final Map<String, Long> sums = new HashMap<>();
    private final Map<String, Set<Long>> refreshed = new HashMap<>();
    private final Set<String> types = new HashSet<>();
    private int size;

    int size() {
        return size;
    }

    Set<String> types() {
        return types;
    }

    /** The next line of any account of the subscriber. */
    public void add(Line line) {
        Line previous = last.put(line.kind(), line);
        long sum = sums.merge(line.kind(), line.amount(), Long::sum);
        long bonus = bonuses.merge(line.kind(), line.bonusChange(), Long::sum);
        size++;
        types.add(line.type());
        check(line.seq() == (previous == null ? 1 : previous.seq() + 1), "a gap before", line);
        check(line.before() == (previous == null ? 0 : previous.after()), "not chained", line);
        check(line.amount() == line.after() - line.before(), "the amount is not the change", line);
        check(line.after() == sum, "the balance is not the sum of all lines up to", line);
        check(line.after() >= 0, "a negative balance", line);
        check(bonus >= 0 && bonus <= line.after(), "a bonus outside the balance after", line);
        check(line.amount() >= 0 || LOWERING.contains(line.type()), "a balance lowered by", line);
        check(line.bonusChange() >= 0 || LOWERING_BONUS.contains(line.type()), "a bonus lowered by", line);
        if (line.type().equals("REFRESH")) {
            check(line.amount() == line.granted() - line.lapsed(), "a refresh does not add up", line);
            check(line.bonusChange() == line.carried(), "a refresh touched the bonus", line);
            check(
                    refreshed
                            .computeIfAbsent(line.kind(), kind -> new HashSet<>())
                            .add(line.periodStart()),
                    "a period refreshed twice",
                    line);
        } else if (line.granted() != null) {
            check(line.granted() == line.amount(), "granted is not what came", line);
        }
    }

    /** The account is what its lines say. */
    public void agreesWith(Purse purse) {
        Line line = last.get(purse.kind());
        check(purse.seq() == line.seq(), "another version: ", purse, line);
        check(purse.bonus() == bonuses.get(purse.kind()), "another bonus: ", purse, line);
        check(purse.allowance() + purse.bonus() == line.after(), "another balance: ", purse, line);
        check(purse.allowance() >= 0 && purse.bonus() >= 0, "a negative part: ", purse, line);
        check(purse.start() == line.periodStart(), "another period: ", purse, line);
    }

    private static void check(boolean holds, String trouble, Purse purse, Line line) {
        if (!holds) {
            throw new AssertionError(trouble + purse + " after " + line);
        }
    }

    private static void check(boolean holds, String trouble, Line line) {
        if (!holds) {
            throw new AssertionError(trouble + " " + line);
        }
    }
}
