package io.creditrefresh.planner.csv;

import io.creditrefresh.ledger.account.AnonymousId;
import io.creditrefresh.ledger.imports.ImportedUser;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the text of each column means. White space around a value is ignored, except around a user id. */
final class UserValues {

    private static final int USER_ID_CHARACTERS_MAX = 128;
    private static final int EMAIL_CHARACTERS_MAX = 320;
    private static final String CREDITS_ALLOWED = "; allowed: 0 to " + ImportedUser.CREDITS_MAX;
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]*\\.[0-9]*");
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger CREDITS_MAX = BigInteger.valueOf(ImportedUser.CREDITS_MAX);
    private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");

    private UserValues() {}

    static String userId(String text) throws BadTextException {
        if (text.isEmpty()) {
            throw new BadTextException("is missing");
        }
        if (text.codePoints().allMatch(UserValues::isWhiteSpace)) {
            throw new BadTextException("is blank");
        }
        refuseControlCharacters(text);
        refuseLongerThan(USER_ID_CHARACTERS_MAX, text);
        if (isWhiteSpace(text.codePointAt(0)) || isWhiteSpace(text.codePointBefore(text.length()))) {
            throw new BadTextException(Quoted.of(text) + " has white space at its start or end");
        }
        if (AnonymousId.is(text)) {
            throw new BadTextException(Quoted.of(text) + " is what users are called who were anonymised");
        }
        return text;
    }

    static @Nullable String email(String text) throws BadTextException {
        String email = text.strip();
        refuseControlCharacters(email);
        refuseLongerThan(EMAIL_CHARACTERS_MAX, email);
        return email.isEmpty() ? null : email;
    }

    static String plan(String text, Catalogue catalogue) throws BadTextException {
        String plan = text.strip().toLowerCase(Locale.ROOT);
        if (catalogue.knows(plan, CreditKind.CREDITS)) {
            return plan;
        }
        String what = plan.isEmpty() ? "is missing" : Quoted.of(text) + " is not a plan";
        throw new BadTextException(what + "; allowed: " + String.join(", ", catalogue.plansWith(CreditKind.CREDITS)));
    }

    static long credits(String text) throws BadTextException {
        Long credits = creditsOrNone(text);
        if (credits == null) {
            throw new BadTextException("is missing" + CREDITS_ALLOWED);
        }
        return credits;
    }

    static @Nullable Long creditsOrNone(String text) throws BadTextException {
        String number = text.strip();
        if (number.isEmpty()) {
            return null;
        }
        if (!WHOLE.matcher(number).matches()) {
            String what = DECIMAL.matcher(number).matches() ? " has decimals" : " is not a whole number";
            throw new BadTextException(Quoted.of(text) + what + CREDITS_ALLOWED);
        }
        BigInteger credits = new BigInteger(number);
        if (credits.signum() < 0) {
            throw new BadTextException(Quoted.of(text) + " is negative" + CREDITS_ALLOWED);
        }
        if (credits.compareTo(CREDITS_MAX) > 0) {
            String what = credits.compareTo(LONG_MAX) > 0 ? " is beyond a 64-bit number" : " is too many";
            throw new BadTextException(Quoted.of(text) + what + CREDITS_ALLOWED);
        }
        return credits.longValueExact();
    }

    /** Cut to the second. */
    static @Nullable Instant lastRefresh(String text, Instant now) throws BadTextException {
        String time = text.strip();
        if (time.isEmpty()) {
            return null;
        }
        Instant lastRefresh = OldTimestamp.parse(time);
        if (lastRefresh == null) {
            throw new BadTextException(Quoted.of(text)
                    + " is not a time; allowed: 2026-01-31T23:59:59Z, 2026-01-31 23:59:59.000 +00:00,"
                    + " without a zone (UTC), or a date");
        }
        if (lastRefresh.isAfter(now)) {
            throw new BadTextException(
                    Quoted.of(text) + " is in the future; now is " + now.truncatedTo(ChronoUnit.SECONDS));
        }
        if (lastRefresh.isBefore(OLDEST)) {
            throw new BadTextException(Quoted.of(text) + " is before the year 2000");
        }
        return lastRefresh.truncatedTo(ChronoUnit.SECONDS);
    }

    static boolean hold(String text) throws BadTextException {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> true;
            case "", "false", "f", "0" -> false;
            default ->
                throw new BadTextException(
                        Quoted.of(text) + " is not a yes or no; allowed: true, false, t, f, 1, 0 or nothing");
        };
    }

    static @Nullable Integer refreshDay(String text) throws BadTextException {
        String day = text.strip();
        if (day.isEmpty()) {
            return null;
        }
        if (!day.matches("0?[1-9]|[12][0-9]|3[01]")) {
            throw new BadTextException(Quoted.of(text) + " is not a day of a month; allowed: 1 to 31 or nothing");
        }
        return Integer.valueOf(day);
    }

    private static void refuseControlCharacters(String text) throws BadTextException {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new BadTextException(Quoted.of(text) + " has a control character");
        }
    }

    private static void refuseLongerThan(int charactersMax, String text) throws BadTextException {
        int characters = text.codePointCount(0, text.length());
        if (characters > charactersMax) {
            throw new BadTextException(
                    "%s has %d characters; allowed: at most %d".formatted(Quoted.of(text), characters, charactersMax));
        }
    }

    /** Also what Java calls no white space: no-break spaces, and a byte order mark in mid-file. */
    private static boolean isWhiteSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character) || character == 0xFEFF;
    }
}
