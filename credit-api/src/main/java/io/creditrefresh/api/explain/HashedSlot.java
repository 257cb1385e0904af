package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.schedule.Slot;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How a user's minute of the day follows from their id.
 *
 * @param firstBytes the first 8 bytes of the SHA-256 of the user id, in hexadecimal
 * @param number the same as an unsigned number, in decimal digits: too large for the numbers of some clients
 * @param minuteOfDay {@code number} modulo 1,440
 * @param time the same as a time of day, UTC
 */
public record HashedSlot(String firstBytes, String number, int minuteOfDay, String time) {

    private static final int MINUTES_PER_HOUR = 60;

    static HashedSlot of(String userId) {
        long hash = Slot.hashOf(userId);
        Slot slot = Slot.of(userId);
        return new HashedSlot(
                HexFormat.of().toHexDigits(hash), Long.toUnsignedString(hash), slot.minuteOfDay(), time(slot));
    }

    /** As {@code 15:26}. */
    static String time(Slot slot) {
        return String.format(
                Locale.ROOT, "%02d:%02d", slot.minuteOfDay() / MINUTES_PER_HOUR, slot.minuteOfDay() % MINUTES_PER_HOUR);
    }
}
