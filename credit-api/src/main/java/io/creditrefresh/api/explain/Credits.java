package io.creditrefresh.api.explain;

import java.util.Locale;

/** Amounts of credits in sentences. */
final class Credits {

    private Credits() {}

    /** As {@code 20,000}. */
    static String text(long credits) {
        return String.format(Locale.ROOT, "%,d", credits);
    }

    /** Where credits came from or went to, as {@code all from the allowance}; both parts have the same sign. */
    static String parts(long allowance, long bonus, String preposition) {
        String fromAllowance = preposition + " the allowance";
        String fromBonus = preposition + " the bonus";
        if (bonus == 0) {
            return "all " + fromAllowance;
        }
        return allowance == 0
                ? "all " + fromBonus
                : "%s %s and %s %s"
                        .formatted(text(Math.abs(allowance)), fromAllowance, text(Math.abs(bonus)), fromBonus);
    }
}
