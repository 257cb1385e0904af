package io.creditrefresh.api.explain;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.run.FailureLine;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.FailureStore;
import io.creditrefresh.ledger.store.LedgerSumStore;
import io.creditrefresh.ledger.store.OneSnapshot;
import io.creditrefresh.ledger.store.SubscriberStore;
import io.creditrefresh.ledger.store.TrailStore;
import io.creditrefresh.ledger.trail.BonusTrail;
import io.creditrefresh.ledger.trail.EntryLine;
import io.creditrefresh.ledger.trail.LedgerSum;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads all that an explanation is made of, in one snapshot and six statements, however many accounts and entries. */
@Singleton
class Explanations {

    private final LedgerAccess ledger;
    private final ObjectMapper mapper;

    Explanations(LedgerAccess ledger, ObjectMapper mapper) {
        this.ledger = ledger;
        this.mapper = mapper;
    }

    /** All of the user, or the problem {@code user_not_found}, {@code invalid_cursor} or {@code invalid_request}. */
    Explanation explain(String userId, @Nullable String cursor, @Nullable String limit) throws SQLException {
        int size = PageSize.of(limit);
        EntryPosition position = EntryPosition.of(cursor);
        try (Connection connection = ledger.database().getConnection()) {
            return OneSnapshot.read(connection, snapshot -> explain(snapshot, userId, position, size));
        }
    }

    private Explanation explain(Connection snapshot, String userId, EntryPosition position, int size)
            throws SQLException {
        Instant now = ledger.clock().instant();
        Subscriber subscriber = SubscriberStore.find(snapshot, userId).orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
        List<Account> accounts =
                subscriber.accounts().stream().filter(position::isOf).toList();
        long[] ids = accounts.stream().mapToLong(Account::id).toArray();
        Catalogue catalogue = CatalogueStore.read(snapshot);
        Map<Long, LedgerSum> sums = LedgerSumStore.read(snapshot, ids, position.beforeSeq());
        Map<Long, List<EntryLine>> lines = TrailStore.page(snapshot, ids, position.beforeSeq(), size + 1);
        Map<Long, FailureLine> failures = FailureStore.find(snapshot, ids);
        AccountScene.Moment moment = new AccountScene.Moment(
                subscriber, catalogue, ledger.refreshesByItself().getAsBoolean(), now);
        return Explanation.of(
                moment,
                accounts.stream()
                        .map(account -> {
                            LedgerSum sum = Objects.requireNonNull(sums.get(account.id()));
                            return ExplainedAccount.of(
                                    new AccountScene(moment, account, sum, failures.get(account.id())),
                                    page(account, sum, lines.getOrDefault(account.id(), List.of()), size));
                        })
                        .toList());
    }

    private Page<ExplainedEntry> page(Account account, LedgerSum sum, List<EntryLine> lines, int size) {
        return Page.of(
                BonusTrail.of(sum, account.balance().bonus(), lines),
                size,
                step -> ExplainedEntry.of(step, mapper),
                step -> EntryPosition.cursorAfter(account.kind(), step.line().seq()));
    }
}
