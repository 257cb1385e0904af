package io.creditrefresh.api.explain;

import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.plan.CreditKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the list of an account's entries, newest first.
 *
 * @param kind of the account; null at the beginning, which is that of every account's list
 * @param beforeSeq sequence number behind which the list goes on
 */
record EntryPosition(@Nullable CreditKind kind, long beforeSeq) {

    static final EntryPosition NEWEST = new EntryPosition(null, Long.MAX_VALUE);

    private static final byte LIST = 'e';

    /** A cursor has the place of a kind in this list: new ones go to its end. */
    private static final List<CreditKind> KINDS = List.of(CreditKind.CREDITS, CreditKind.ANALYSIS, CreditKind.ROAST);

    /** The position of a cursor, or the problem {@code invalid_cursor}. */
    static EntryPosition of(@Nullable String cursor) {
        if (cursor == null) {
            return NEWEST;
        }
        Cursor decoded = Cursor.decode(cursor, LIST);
        if (decoded.first() < 0 || decoded.first() >= KINDS.size() || decoded.third() != 0) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        return new EntryPosition(KINDS.get((int) decoded.first()), decoded.second());
    }

    static Cursor cursorAfter(CreditKind kind, long seq) {
        return new Cursor(LIST, KINDS.indexOf(kind), seq, 0);
    }

    boolean isOf(Account account) {
        return kind == null || kind == account.kind();
    }
}
