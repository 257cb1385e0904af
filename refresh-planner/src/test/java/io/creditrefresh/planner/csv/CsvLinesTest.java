package io.creditrefresh.planner.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLinesTest {

    @Test
    void endsALineAtLfAndAtCrlf() throws IOException {
        assertThat(lines("a\nb\r\nc"))
                .containsExactly(new CsvLine.Text(1, "a"), new CsvLine.Text(2, "b"), new CsvLine.Text(3, "c"));
    }

    @Test
    void hasNoLineAfterTheLastLineBreak() throws IOException {
        assertThat(lines("a\n")).containsExactly(new CsvLine.Text(1, "a"));
        assertThat(lines("")).isEmpty();
    }

    @Test
    void countsEmptyLines() throws IOException {
        assertThat(lines("\n\r\na"))
                .containsExactly(new CsvLine.Text(1, ""), new CsvLine.Text(2, ""), new CsvLine.Text(3, "a"));
    }

    @Test
    void dropsTheByteOrderMarkOfTheFileAndNoOther() throws IOException {
        assertThat(lines("\uFEFFa\n\uFEFFb")).containsExactly(new CsvLine.Text(1, "a"), new CsvLine.Text(2, "\uFEFFb"));
        assertThat(lines("\uFEFF")).containsExactly(new CsvLine.Text(1, ""));
    }

    @Test
    void keepsACarriageReturnInsideALine() throws IOException {
        assertThat(lines("a\rb\r\r\n")).containsExactly(new CsvLine.Text(1, "a\rb\r"));
    }

    @Test
    void readsALineThatIsJustShortEnoughHoweverItBeginsAndEnds() throws IOException {
        String longest = "x".repeat(CsvLines.LENGTH_MAX);

        assertThat(lines("\uFEFF" + longest + "\r\n" + longest))
                .containsExactly(new CsvLine.Text(1, longest), new CsvLine.Text(2, longest));
    }

    @Test
    void skipsALineThatIsOneByteTooLong() throws IOException {
        String tooLong = "x".repeat(CsvLines.LENGTH_MAX + 1);

        assertThat(lines("a\n" + tooLong + "\r\nb"))
                .containsExactly(
                        new CsvLine.Text(1, "a"),
                        new CsvLine.Unreadable(2, "is longer than 65536 bytes"),
                        new CsvLine.Text(3, "b"));
    }

    @Test
    void skipsALineOfFourGigabytesInTheSameMemory() throws IOException {
        InputStream endless = new InputStream() {

            private long left = 4L << 30;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int read = (int) Math.min(length, left);
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
        CsvLines lines = new CsvLines(
                new SequenceInputStream(endless, new ByteArrayInputStream("\nnext".getBytes(StandardCharsets.UTF_8))));

        assertThat(lines.next()).isInstanceOf(CsvLine.Unreadable.class);
        assertThat(lines.next()).isEqualTo(new CsvLine.Text(2, "next"));
    }

    @Test
    void saysWhereALineIsNotUtf8() throws IOException {
        byte[] latin1 = "ab\u00fcc\nd\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(lines(latin1))
                .containsExactly(new CsvLine.Unreadable(1, "is not UTF-8 at its byte 3"), new CsvLine.Text(2, "d"));
    }

    @Test
    void refusesSurrogatesAndTruncatedCharacters() throws IOException {
        byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
        byte[] truncated = {'a', (byte) 0xF0, (byte) 0x9F};

        assertThat(lines(surrogate)).containsExactly(new CsvLine.Unreadable(1, "is not UTF-8 at its byte 1"));
        assertThat(lines(truncated)).containsExactly(new CsvLine.Unreadable(1, "is not UTF-8 at its byte 2"));
    }

    @Test
    void readsAStreamThatGivesOneByteAtATime() throws IOException {
        InputStream slow = new ByteArrayInputStream("\uFEFFh\u00e9\r\nb".getBytes(StandardCharsets.UTF_8)) {

            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, 1);
            }
        };

        assertThat(lines(slow)).containsExactly(new CsvLine.Text(1, "h\u00e9"), new CsvLine.Text(2, "b"));
    }

    private static List<CsvLine> lines(String text) throws IOException {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<CsvLine> lines(byte[] bytes) throws IOException {
        return lines(new ByteArrayInputStream(bytes));
    }

    private static List<CsvLine> lines(InputStream in) throws IOException {
        CsvLines lines = new CsvLines(in);
        List<CsvLine> all = new ArrayList<>();
        for (CsvLine line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }
}
