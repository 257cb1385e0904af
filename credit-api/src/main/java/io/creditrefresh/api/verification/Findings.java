package io.creditrefresh.api.verification;

import io.creditrefresh.api.verification.VerificationAnswer.VerificationFinding;
import io.creditrefresh.api.verification.VerificationAnswer.VerificationRun;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.audit.Verification.Finding;
import io.creditrefresh.ledger.store.VerificationStore;
import io.creditrefresh.ledger.store.VerificationStore.Run;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Pages of what the newest verification has found. */
@Singleton
class Findings {

    private static final byte LIST = 2;

    private final DataSource database;

    Findings(DataSource database) {
        this.database = database;
    }

    VerificationAnswer page(@Nullable String cursor, @Nullable String limit) throws SQLException {
        int size = PageSize.of(limit);
        Optional<Cursor> from = Optional.ofNullable(cursor).map(encoded -> Cursor.decode(encoded, LIST));
        try (Connection connection = database.getConnection()) {
            Optional<Run> newest = VerificationStore.newest(connection);
            if (newest.isEmpty()) {
                return new VerificationAnswer(null, List.of(), null, false);
            }
            Run run = newest.get();
            // A page of an earlier one cannot be followed by a page of this one.
            if (from.isPresent() && from.get().first() != run.id()) {
                throw ProblemCode.INVALID_CURSOR.problem("there is a newer verification; begin with its first page");
            }
            long after = from.map(Cursor::second).orElse(0L);
            List<Finding> read = VerificationStore.findings(connection, run.id(), after, size + 1);
            boolean hasMore = read.size() > size;
            @Nullable String next = hasMore ? new Cursor(LIST, run.id(), after + size, 0).encoded() : null;
            return new VerificationAnswer(
                    VerificationRun.of(run),
                    read.stream().limit(size).map(Findings::shown).toList(),
                    next,
                    hasMore);
        }
    }

    private static VerificationFinding shown(Finding finding) {
        return new VerificationFinding(finding.type().code(), finding.accountId(), finding.userId(), finding.detail());
    }
}
