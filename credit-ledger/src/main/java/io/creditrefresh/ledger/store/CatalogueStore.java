package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code plan_allowance}. */
public final class CatalogueStore {

    private static final String READ = """
            SELECT
                plan_code,
                kind,
                CASE WHEN valid_from > '-infinity' THEN date_part('epoch', valid_from)::bigint END,
                amount,
                rollover_cap
            FROM plan_allowance
            """;

    private CatalogueStore() {}

    public static Catalogue read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(READ);
                ResultSet rows = select.executeQuery()) {
            List<PlanAllowance> allowances = new ArrayList<>();
            while (rows.next()) {
                allowances.add(allowance(rows));
            }
            return new Catalogue(allowances);
        }
    }

    private static PlanAllowance allowance(ResultSet row) throws SQLException {
        long seconds = row.getLong(3);
        Instant validFrom = row.wasNull() ? Instant.MIN : Instant.ofEpochSecond(seconds);
        long cap = row.getLong(5);
        Rollover rollover = row.wasNull() ? Rollover.UNLIMITED : new Rollover(cap);
        return new PlanAllowance(
                row.getString(1), CreditKind.of(row.getString(2)), validFrom, row.getLong(4), rollover);
    }
}
