package io.creditrefresh.edge.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    private static final byte LIST = 7;

    @Test
    void isEmptyWhenNothingWasRead() {
        assertThat(page(List.of(), 10)).isEqualTo(new Page<String>(List.of(), null, false));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10})
    void isTheLastWhenNoMoreWasReadThanAskedFor(int read) {
        Page<String> page = page(numbers(read), 10);

        assertThat(page.data()).hasSize(read);
        assertThat(page.hasMore()).isFalse();
        assertThat(page.nextCursor()).isNull();
    }

    @Test
    void endsWithTheItemThatTheCursorNames() {
        Page<String> page = page(numbers(11), 10);

        assertThat(page.data()).hasSize(10).endsWith("item 10");
        assertThat(page.hasMore()).isTrue();
        assertThat(Cursor.decode(page.nextCursor(), LIST).first()).isEqualTo(10);
    }

    private static Page<String> page(List<Integer> read, int limit) {
        return Page.of(read, limit, number -> "item " + number, number -> new Cursor(LIST, number, 0, 0));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }
}
