package io.creditrefresh.edge.page;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor where the next page begins; null on the last one
 */
public record Page<T>(
        List<T> data,

        @Nullable @Schema(description = "where the next page begins; null on the last one")
        String nextCursor,

        boolean hasMore) {

    /**
     * Makes a page of what was read with a limit of one more than asked for.
     *
     * @param cursorAfter the cursor of the page behind an item
     */
    public static <R, T> Page<T> of(List<R> read, int limit, Function<R, T> toItem, Function<R, Cursor> cursorAfter) {
        boolean hasMore = read.size() > limit;
        List<R> shown = hasMore ? read.subList(0, limit) : read;
        @Nullable
        String next = hasMore ? cursorAfter.apply(shown.get(limit - 1)).encoded() : null;
        return new Page<>(shown.stream().map(toItem).toList(), next, hasMore);
    }
}
