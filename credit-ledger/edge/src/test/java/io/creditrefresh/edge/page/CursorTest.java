package io.creditrefresh.edge.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final byte LIST = 1;
    private static final int ROUNDS = 10_000;
    private static final String GOOD = new Cursor(LIST, 1_763_640_000_000_000L, 17, 3).encoded();

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void comesBackAsItWent() {
        for (int i = 0; i < ROUNDS; i++) {
            Cursor cursor = new Cursor((byte) random.nextInt(), number(), number(), number());

            assertThat(Cursor.decode(cursor.encoded(), cursor.list()))
                    .as("-Dseed=%d", seed)
                    .isEqualTo(cursor);
        }
    }

    @Test
    void needsNoEscapingInAQuery() {
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(new Cursor(LIST, number(), number(), number()).encoded())
                    .as("-Dseed=%d", seed)
                    .matches("[A-Za-z0-9_-]{34}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "abc",
                "null",
                "0",
                "-1",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
                "==================================",
                "++++++++++++++++++++++++++++++++++",
                "//////////////////////////////////",
                "                                  ",
                "ääääääääääääääääääääääääääääääääää",
                "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
                "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            })
    void refusesWhatIsNone(String text) {
        assertRefused(text);
    }

    @Test
    void refusesALongText() {
        assertRefused("A".repeat(1_000_000));
    }

    @Test
    void refusesTheCursorOfAnotherList() {
        assertThatThrownBy(() -> Cursor.decode(GOOD, (byte) (LIST + 1))).satisfies(CursorTest::isInvalidCursor);
    }

    @Test
    void refusesACursorWithSomethingBeforeOrBehind() {
        for (String more : new String[] {" ", "A", "=", "\n", "%00"}) {
            assertRefused(GOOD + more);
            assertRefused(more + GOOD);
        }
    }

    /** The 34 characters have four bits more than the 25 bytes. */
    @Test
    void hasOneTextOnly() {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(GOOD.charAt(33));

        for (int idle = 1; idle < 16; idle++) {
            assertRefused(GOOD.substring(0, 33) + alphabet.charAt(last + idle));
        }
    }

    @Test
    void refusesRandomTextOrReadsIt() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            for (String text : new String[] {
                new String(bytes, StandardCharsets.ISO_8859_1),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
            }) {
                try {
                    assertThat(Cursor.decode(text, LIST).encoded())
                            .as("-Dseed=%d", seed)
                            .isEqualTo(text);
                } catch (HttpProblem problem) {
                    isInvalidCursor(problem);
                }
            }
        }
    }

    /** Of all sizes, the extreme ones among them. */
    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 0;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> Cursor.decode(text, LIST)).as(text).satisfies(CursorTest::isInvalidCursor);
    }

    private static void isInvalidCursor(Throwable refusal) {
        assertThat(refusal).isInstanceOfSatisfying(HttpProblem.class, problem -> {
            assertThat(problem.getStatusCode()).isEqualTo(400);
            assertThat(problem.getParameters()).containsEntry("code", "invalid_cursor");
        });
    }
}
