package io.creditrefresh.ledger.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Re-adds the whole ledger and names every violated invariant. It reads, in one snapshot, and never writes. */
public final class LedgerAudit {

    static final String QUERY = resource("/db/audit/ledger_audit.sql");

    private LedgerAudit() {}

    /**
     * One violated invariant of one account.
     *
     * @param invariant its name, as in the list of credit-ledger/README.md
     */
    public record Finding(String invariant, long accountId, String detail) {

        @Override
        public String toString() {
            return "account " + accountId + ": " + invariant + ": " + detail;
        }
    }

    /** Everything that is wrong, ordered by invariant and account; empty for a sound ledger. */
    public static List<Finding> findings(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(QUERY);
                ResultSet rows = select.executeQuery()) {
            List<Finding> findings = new ArrayList<>();
            while (rows.next()) {
                findings.add(new Finding(rows.getString(1), rows.getLong(2), rows.getString(3)));
            }
            return findings;
        }
    }

    private static String resource(String path) {
        try (var stream = Objects.requireNonNull(LedgerAudit.class.getResourceAsStream(path), path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
