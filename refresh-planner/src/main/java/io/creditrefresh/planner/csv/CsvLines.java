package io.creditrefresh.planner.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a UTF-8 file, with or without a byte order mark, ended by LF or CRLF. It needs the same small memory
 * however long a line is: of one that is too long only the number is kept.
 */
final class CsvLines {

    /** Bytes that a line may have without its line break. */
    static final int LENGTH_MAX = 65_536;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final byte[] buffer = new byte[LENGTH_MAX];
    private int position;
    private int limit;

    /** Also has room for the byte order mark, the CR of a CRLF, and a byte more to notice that a line is too long. */
    private final byte[] line = new byte[LENGTH_MAX + BYTE_ORDER_MARK.length + 2];

    private int length;
    private long number;

    CsvLines(InputStream in) {
        this.in = in;
    }

    /** The next line; null after the last one. */
    @Nullable
    CsvLine next() throws IOException {
        if (position == limit && !fill()) {
            return null;
        }
        number++;
        length = 0;
        boolean ended;
        do {
            ended = takeUpToLineBreak();
        } while (!ended && fill());
        return read();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    /** Whether a line break was found. */
    private boolean takeUpToLineBreak() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        int taken = Math.min(end - position, line.length - length);
        System.arraycopy(buffer, position, line, length, taken);
        length += taken;
        boolean ended = end < limit;
        position = ended ? end + 1 : end;
        return ended;
    }

    private CsvLine read() {
        int start = number == 1 && startsWithByteOrderMark() ? BYTE_ORDER_MARK.length : 0;
        int end = length > start && line[length - 1] == '\r' ? length - 1 : length;
        if (end - start > LENGTH_MAX) {
            return new CsvLine.Unreadable(number, "is longer than %d bytes".formatted(LENGTH_MAX));
        }
        ByteBuffer bytes = ByteBuffer.wrap(line, start, end - start);
        try {
            return new CsvLine.Text(number, utf8.decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return new CsvLine.Unreadable(number, "is not UTF-8 at its byte " + (bytes.position() + 1));
        }
    }

    private boolean startsWithByteOrderMark() {
        return length >= BYTE_ORDER_MARK.length
                && line[0] == BYTE_ORDER_MARK[0]
                && line[1] == BYTE_ORDER_MARK[1]
                && line[2] == BYTE_ORDER_MARK[2];
    }
}
