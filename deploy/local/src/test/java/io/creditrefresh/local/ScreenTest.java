package io.creditrefresh.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @Test
    void drawsTheProgressAgainBelowALineOnATerminal() {
        var screen = new Screen(out, true);

        screen.progress("one");
        screen.line("said");
        screen.endProgress("done");

        assertThat(text()).isEqualTo("\r\033[Kone\r\033[Ksaid\none\r\033[Kdone\n");
    }

    @Test
    void writesNoControlCharactersAndNotEveryStepElsewhere() {
        var screen = new Screen(out, false);

        screen.progress("one");
        screen.progress("two");
        screen.line("said");
        screen.endProgress("done");

        assertThat(text()).isEqualTo("one\nsaid\ndone\n");
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
