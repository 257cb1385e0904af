package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.trail.BonusTrail.Step;
import io.creditrefresh.ledger.trail.EntryLine;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in a sentence what an entry did. */
final class EntryText {

    private EntryText() {}

    static String of(Step step, EntryDetails details) {
        return type(step.line())
                .map(type -> of(type, step, details))
                .orElseGet(() ->
                        "Changed the balance by " + Credits.text(step.line().amount()));
    }

    /** Empty for one that a later version has written. */
    private static Optional<EntryType> type(EntryLine line) {
        return Arrays.stream(EntryType.values())
                .filter(type -> type.name().equals(line.type()))
                .findFirst();
    }

    private static String of(EntryType type, Step step, EntryDetails details) {
        long amount = step.line().amount();
        String credits = Credits.text(Math.abs(amount));
        return switch (type) {
            case PROVISION -> "Began with %s of allowance".formatted(credits);
            case IMPORT -> imported(step);
            case REFRESH -> refreshed(step.line(), details.number("skippedPeriods"));
            case MANUAL_REFRESH -> "Filled up by hand: %s added to the allowance, the period stayed".formatted(credits);
            case RESET -> "Reset: a new period began, %s added to the allowance".formatted(credits);
            case UPGRADE ->
                "Upgraded%s: %s granted, %s"
                        .formatted(
                                plans(details),
                                Credits.text(orZero(step.line().granted())),
                                moved(orZero(step.line().carried())));
            case DOWNGRADE ->
                "Changed the plan%s: nothing was taken, the lower amount comes with the next refresh"
                        .formatted(plans(details));
            case SYNC -> "Synced: %s that the plan owed added to the allowance".formatted(credits);
            case PURCHASE -> "Bought %s, added to the bonus".formatted(credits);
            case CONSUME -> "Spent %s, %s".formatted(credits, parts(step, "from"));
            case REFUND ->
                "Gave back %s of the spend in entry %d, %s"
                        .formatted(credits, details.number("spendSeq"), parts(step, "to"));
            case MIRROR -> "Took %s for a spend that is booked under other kinds, too".formatted(credits);
            case ADJUST ->
                "Adjusted by hand: %s %s the bonus".formatted(credits, amount < 0 ? "taken from" : "added to");
            case RESTORE -> restored(amount, details.number("refreshSeq"));
            case SETTINGS -> settings(details.changes());
        };
    }

    private static String imported(Step step) {
        String text = "Taken over from an older system: %s of allowance and %s of bonus"
                .formatted(Credits.text(step.allowanceChange()), Credits.text(step.bonusChange()));
        return step.isDerived() ? text + ", as the present bonus tells" : text;
    }

    private static String refreshed(EntryLine line, long skipped) {
        String text = "Refreshed: %s granted, %s"
                .formatted(Credits.text(orZero(line.granted())), rest(orZero(line.lapsed()), orZero(line.carried())));
        if (skipped == 0) {
            return text;
        }
        return text
                + (skipped == 1 ? "; 1 missed period was skipped" : "; " + skipped + " missed periods were skipped");
    }

    /** What became of what was left of an allowance. */
    private static String rest(long lapsed, long carried) {
        if (lapsed == 0) {
            return moved(carried);
        }
        String text = "%s of the old allowance lapsed".formatted(Credits.text(lapsed));
        return carried == 0 ? text : text + " and %s moved to the bonus".formatted(Credits.text(carried));
    }

    private static String moved(long carried) {
        return carried == 0
                ? "nothing of the old allowance was left"
                : "%s of the old allowance moved to the bonus".formatted(Credits.text(carried));
    }

    private static String plans(EntryDetails details) {
        return " from %s to %s"
                .formatted(
                        details.text("planBefore").orElse("a lower plan"),
                        details.text("plan").orElse("another"));
    }

    private static String parts(Step step, String preposition) {
        return Credits.parts(step.allowanceChange(), step.bonusChange(), preposition);
    }

    private static String restored(long amount, long seq) {
        if (amount == 0) {
            return "Took back the refresh in entry %d: nothing of it was left".formatted(seq);
        }
        return "Took back the refresh in entry %d: %s %s the allowance"
                .formatted(seq, Credits.text(Math.abs(amount)), amount < 0 ? "taken from" : "given back to");
    }

    private static String settings(String changes) {
        return changes.isEmpty()
                ? "Changed settings; no credit moved"
                : "Changed %s; no credit moved".formatted(changes);
    }

    private static long orZero(@Nullable Long credits) {
        return Objects.requireNonNullElse(credits, 0L);
    }
}
