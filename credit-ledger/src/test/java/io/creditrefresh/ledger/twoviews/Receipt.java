package io.creditrefresh.ledger.twoviews;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one spend of the model took, credit by credit and unit by unit; and how to put it back. */
final class Receipt {

    final Map<String, Long> asked;
    boolean refunded;

    private final Map<Pot, Part> spent = new LinkedHashMap<>();
    private final List<Part> mirrored = new ArrayList<>();

    /** Taken from one pot, out of the allowance that it had after so many were replaced. */
    private static final class Part {
        final Pot pot;
        final int replaced;
        long ofAllowance;
        long ofBonus;

        Part(Pot pot) {
            this.pot = pot;
            this.replaced = pot.replaced;
        }

        boolean isStillThere() {
            return pot.replaced == replaced;
        }
    }

    Receipt(Map<String, Long> asked) {
        this.asked = asked;
    }

    void takeAllowance(Pot pot, long credits) {
        pot.allowance -= credits;
        spent.computeIfAbsent(pot, Part::new).ofAllowance += credits;
    }

    void takeBonus(Pot pot, long credits) {
        pot.bonus -= credits;
        spent.computeIfAbsent(pot, Part::new).ofBonus += credits;
    }

    /** Takes it for the other view's sake, down to zero. */
    void mirror(Pot pot, long credits) {
        Part part = new Part(pot);
        part.ofAllowance = Math.min(pot.allowance, credits);
        pot.allowance -= part.ofAllowance;
        mirrored.add(part);
    }

    /** As if it had never been. */
    void undo() {
        for (Part part : spent.values()) {
            part.pot.allowance += part.ofAllowance;
            part.pot.bonus += part.ofBonus;
        }
    }

    void refund() {
        refunded = true;
        boolean isAllWhereItWas = true;
        for (Part part : spent.values()) {
            part.pot.bonus += part.ofBonus;
            if (part.isStillThere()) {
                part.pot.allowance += part.ofAllowance;
            } else {
                part.pot.bonus += part.ofAllowance;
                isAllWhereItWas = isAllWhereItWas && part.ofAllowance == 0;
            }
        }
        // What has become bonus is spent from both views: the other one must not get it a second time.
        for (Part part : mirrored) {
            if (isAllWhereItWas && part.isStillThere()) {
                part.pot.allowance += part.ofAllowance;
            }
        }
    }
}
