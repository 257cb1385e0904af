package io.creditrefresh.local.bench.round;

import io.creditrefresh.ledger.audit.LedgerAudit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks at what every round leaves behind: a sound ledger, the same state whoever made it, two rows per refresh. */
public final class StateCheck {

    // Besides its two rows per refresh the product writes one per batch, and a heartbeat every few seconds.
    private static final double ROWS_PER_REFRESH = 2.02;
    private static final int OTHER_ROWS = 100;
    private static final int SHOWN = 5;

    private final Map<String, Fingerprint> expected = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** The first round of a template decides what the others must leave behind. */
    public void check(Connection connection, String what, Scene scene, Round round) throws SQLException {
        checkLedger(connection, what);
        var found = Fingerprint.take(connection);
        var first = expected.putIfAbsent(scene.template(), found);
        if (first != null && !first.equals(found)) {
            problems.add("%s: another state than the first round left: %s, not %s".formatted(what, found, first));
        }
        if (round.written().rows() > ROWS_PER_REFRESH * round.refreshes() + OTHER_ROWS) {
            problems.add("%s: %.3f rows written per refresh".formatted(what, round.rows()));
        }
    }

    /** Of a round that refreshes other accounts than the rest do. */
    public void checkLedger(Connection connection, String what) throws SQLException {
        var findings = LedgerAudit.findings(connection);
        findings.stream().limit(SHOWN).forEach(finding -> problems.add(what + ": " + finding));
        if (findings.size() > SHOWN) {
            problems.add("%s: %d findings in all".formatted(what, findings.size()));
        }
    }

    /** What was wrong, a line each. */
    public List<String> problems() {
        return Collections.unmodifiableList(problems);
    }
}
