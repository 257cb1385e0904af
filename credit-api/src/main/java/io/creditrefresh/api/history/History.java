package io.creditrefresh.api.history;

import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.store.SubscriberStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Pages through the refreshes of a user, newest first. */
@Singleton
class History {

    private static final byte LIST = 1;

    private final DataSource database;

    History(DataSource database) {
        this.database = database;
    }

    /**
     * A page, or the problem {@code user_not_found}, {@code invalid_cursor} or {@code invalid_request}.
     *
     * @param toItem makes an item of an entry and the kind of its account
     */
    <T> Page<T> page(
            String userId,
            @Nullable String cursor,
            @Nullable String limit,
            BiFunction<LedgerEntryRow, String, T> toItem)
            throws SQLException {
        int size = PageSize.of(limit);
        LedgerEntryRow.Position position = position(cursor);
        Map<Long, String> kinds = kinds(userId);
        List<LedgerEntryRow> rows =
                kinds.isEmpty() ? List.of() : LedgerEntryRow.refreshesBefore(kinds.keySet(), position, size + 1);
        return Page.of(rows, size, row -> toItem.apply(row, kinds.get(row.accountId)), History::cursorAfter);
    }

    private Map<Long, String> kinds(String userId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Subscriber subscriber =
                    SubscriberStore.find(connection, userId).orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
            return subscriber.accounts().stream()
                    .collect(Collectors.toMap(
                            Account::id, account -> account.entitlement().kind().code()));
        }
    }

    private static Cursor cursorAfter(LedgerEntryRow row) {
        return new Cursor(LIST, ChronoUnit.MICROS.between(Instant.EPOCH, row.createdAt), row.accountId, row.seq);
    }

    private static LedgerEntryRow.Position position(@Nullable String cursor) {
        if (cursor == null) {
            return LedgerEntryRow.Position.NEWEST;
        }
        Cursor decoded = Cursor.decode(cursor, LIST);
        Instant createdAt = Instant.EPOCH.plus(decoded.first(), ChronoUnit.MICROS);
        // The database knows no instants that are far outside of these.
        if (createdAt.isBefore(Instant.EPOCH) || createdAt.isAfter(LedgerEntryRow.Position.NEWEST.createdAt())) {
            throw ProblemCode.INVALID_CURSOR.problem();
        }
        return new LedgerEntryRow.Position(createdAt, decoded.second(), decoded.third());
    }
}
