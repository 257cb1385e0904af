package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads and writes {@code plan_allowance}. */
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

    // A number of ours, for nothing else.
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(7720001)
            """;

    private static final String INSERT_PLAN = """
            INSERT INTO plan (code)
            VALUES (?)
            ON CONFLICT ON CONSTRAINT plan_code_is_unique DO NOTHING
            """;

    private static final String SET = """
            INSERT INTO plan_allowance (plan_code, kind, valid_from, amount, rollover_cap)
            VALUES (?, ?, coalesce(to_timestamp(?), '-infinity'), ?, ?)
            ON CONFLICT ON CONSTRAINT one_allowance_per_plan_kind_and_start DO UPDATE
            SET
                amount = EXCLUDED.amount,
                rollover_cap = EXCLUDED.rollover_cap
            """;

    private CatalogueStore() {}

    /** Until the transaction ends nobody else writes to the catalogue; reading goes on. */
    public static void lock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement(LOCK)) {
            lock.executeQuery().close();
        }
    }

    /** Writes what a plan gives from an instant on, to the second. */
    public static void set(Connection connection, PlanAllowance allowance) throws SQLException {
        boolean isFirst = allowance.validFrom().equals(Instant.MIN);
        if (isFirst) {
            insertPlan(connection, allowance.plan());
        }
        try (var write = connection.prepareStatement(SET)) {
            write.setString(1, allowance.plan());
            write.setString(2, allowance.kind().code());
            write.setObject(3, isFirst ? null : allowance.validFrom().getEpochSecond(), Types.BIGINT);
            write.setLong(4, allowance.amount());
            if (allowance.rollover().equals(Rollover.UNLIMITED)) {
                write.setNull(5, Types.BIGINT);
            } else {
                write.setLong(5, allowance.rollover().cap());
            }
            write.executeUpdate();
        }
    }

    private static void insertPlan(Connection connection, String plan) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_PLAN)) {
            insert.setString(1, plan);
            insert.executeUpdate();
        }
    }

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
