package io.creditrefresh.edge.page;

import io.creditrefresh.edge.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.util.Base64;

/**
 * A position in a list, opaque to clients: the name of the list and the numbers of its sort key. It says where, never
 * whose: a cursor that is carried to another user's list shows that user's data and no other's.
 *
 * @param list which list it is of, so that no other takes it
 */
public record Cursor(byte list, long first, long second, long third) {

    private static final int BYTES = Byte.BYTES + 3 * Long.BYTES;
    private static final int ENCODED_LENGTH = 34;

    /** As clients carry it. */
    public String encoded() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(list)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads a cursor of {@code list}; any other text is the problem {@code invalid_cursor}. */
    public static Cursor decode(String encoded, byte list) {
        if (encoded.length() != ENCODED_LENGTH) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Cursor cursor = new Cursor(buffer.get(), buffer.getLong(), buffer.getLong(), buffer.getLong());
        // A decoder overlooks the last character's idle bits: each position has one text only.
        if (cursor.list != list || !cursor.encoded().equals(encoded)) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        return cursor;
    }
}
