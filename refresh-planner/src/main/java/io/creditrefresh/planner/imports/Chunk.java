package io.creditrefresh.planner.imports;

import io.creditrefresh.ledger.imports.ImportRule;
import io.creditrefresh.ledger.imports.ImportedAccount;
import io.creditrefresh.ledger.imports.ImportedUser;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.planner.csv.BadValue;
import io.creditrefresh.planner.csv.UserRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of one transaction, told apart. */
final class Chunk {

    private final Catalogue catalogue;
    private final Instant now;
    private final List<ImportedAccount> accounts = new ArrayList<>();
    private final Map<Long, List<BadValue>> badRows = new LinkedHashMap<>();
    private final long lastLine;

    /**
     * Tells rows apart.
     *
     * @param rows at least one
     * @param repeated those lines whose user is also on an earlier one, with the number of that
     */
    Chunk(List<UserRow> rows, Map<Long, Long> repeated, Catalogue catalogue, Instant now) {
        this.catalogue = catalogue;
        this.now = now;
        this.lastLine = rows.get(rows.size() - 1).line();
        for (UserRow row : rows) {
            List<BadValue> bad = new ArrayList<>();
            Long firstLine = repeated.get(row.line());
            if (firstLine != null) {
                bad.add(BadValue.repeatedUser(firstLine));
            }
            bad.addAll(row.badValues());
            if (row.user() != null && bad.isEmpty()) {
                open(row.user(), bad);
            }
            if (!bad.isEmpty()) {
                badRows.put(row.line(), bad);
            }
        }
    }

    List<ImportedAccount> accounts() {
        return accounts;
    }

    long lastLine() {
        return lastLine;
    }

    /** Reports the bad rows and counts all. */
    ImportCounts settle(int imported, BadRows report) {
        badRows.forEach((line, values) -> values.forEach(value -> report.report(line, value)));
        return new ImportCounts(imported, accounts.size() - imported, badRows.size());
    }

    private void open(ImportedUser user, List<BadValue> bad) {
        try {
            accounts.add(ImportRule.open(user, catalogue, now));
        } catch (NoAllowanceException e) {
            bad.add(BadValue.planWithoutAllowance(user.plan()));
        }
    }
}
