package io.creditrefresh.worker.task;

import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.problem.ProblemCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins. Later pages take what was due when the first one was asked for: accounts that come due meanwhile
 * do not make it endless.
 *
 * @param batchNumber of this page, from 1
 */
record PagePosition(long afterAccountId, Instant dueBy, int batchNumber) {

    private static final byte LIST = 'p';
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** The first page, or that of a cursor; one that is none is the problem {@code invalid_cursor}. */
    static PagePosition of(@Nullable String cursor, Instant now) {
        if (cursor == null) {
            return new PagePosition(0, now, 1);
        }
        Cursor decoded = Cursor.decode(cursor, LIST);
        if (decoded.first() < 0
                || decoded.second() < 0
                || decoded.second() > LAST_SECOND
                || decoded.third() < 2
                || decoded.third() >= Integer.MAX_VALUE) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        return new PagePosition(decoded.first(), Instant.ofEpochSecond(decoded.second()), (int) decoded.third());
    }

    /** The cursor of the page behind an account. */
    String next(long accountId) {
        return new Cursor(LIST, accountId, dueBy.getEpochSecond(), batchNumber + 1L).encoded();
    }
}
