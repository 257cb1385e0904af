package io.creditrefresh.ledger.twoviews;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.KeptConnections;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.creditrefresh.ledger.twoviews.Side.Purse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The database that lives are lived in, one after the other; each has the one rollout and the plans to itself. */
final class LifeDatabase implements AutoCloseable {

    private static final String PURSES = """
            SELECT
                a.kind,
                a.allowance,
                a.bonus,
                a.granted_this_period,
                date_part('epoch', a.period_start)::bigint,
                date_part('epoch', a.period_end)::bigint,
                a.refresh_at IS NOT NULL
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE s.user_id = ?
            ORDER BY array_position(ARRAY['credits', 'analysis', 'roast'], a.kind)
            """;

    private static final String ACCOUNT = """
            SELECT a.id
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE s.user_id = ?
                AND a.kind = ?
            """;

    private static final String WRITTEN = """
            SELECT
                a.kind,
                e.type,
                e.amount,
                coalesce(e.bonus_change, e.carried, 0),
                coalesce(e.idempotency_key, '')
            FROM ledger_entry e
            JOIN credit_account a ON a.id = e.account_id
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE s.user_id = ?
            ORDER BY a.id, e.seq
            """;

    final KeptConnections api;
    final KeptConnections worker;

    private final LedgerDatabase database;
    private final Connection superuser;

    LifeDatabase() throws SQLException {
        database = LedgerDatabase.create();
        // What is committed is seen by all at once; that it also survives a power cut is not in question here.
        database.execute("DO $$ BEGIN EXECUTE format("
                + "'ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        api = new KeptConnections(database.as("credit_api"));
        worker = new KeptConnections(database.as("credit_worker"));
        superuser = database.superuser();
        for (String kind : Tariff.KINDS) {
            for (String plan : Tariff.PLANS) {
                execute("UPDATE plan_allowance SET amount = " + Tariff.amount(plan, kind) + " WHERE plan_code = '"
                        + plan + "' AND kind = '" + kind + "'");
            }
        }
    }

    /** One entry of a user's ledger. */
    record Written(String kind, String type, long amount, long bonusChange, String key) {}

    /** Before any rollout. */
    void begin(Tariff tariff) {
        execute("UPDATE plan_allowance SET rollover_cap = " + (tariff.cap() == Tariff.ALL ? "NULL" : tariff.cap()));
        execute("UPDATE rollout SET revision = revision + 1, variable = NULL, global = NULL, percentage = 0,"
                + " new_users_since = NULL, opened_at = NULL, closed_at = NULL, analysis_price = " + tariff.analysis()
                + ", roast_price = " + tariff.roast());
    }

    void imports(String userId, String plan, long start) {
        try {
            AccountFixture.user(userId)
                    .plan(plan)
                    .holding(Tariff.amount(plan, "credits"), 0)
                    .periodEnd(Instant.ofEpochSecond(start + Pot.THIRTY_DAYS))
                    .insert(superuser);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Purse> purses(String userId) {
        return read(
                PURSES,
                row -> new Purse(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getBoolean(7)),
                userId);
    }

    /** The id of one account; none if there is no such account. */
    long[] account(String userId, String kind) {
        return read(ACCOUNT, row -> row.getLong(1), userId, kind).stream()
                .mapToLong(id -> id)
                .toArray();
    }

    List<Written> written(String userId) {
        return read(
                WRITTEN,
                row -> new Written(
                        row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5)),
                userId);
    }

    List<LedgerAudit.Finding> findings() {
        try {
            return LedgerAudit.findings(superuser);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> read(String sql, Row<T> of, String... parameters) {
        try (PreparedStatement select = superuser.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                select.setString(i + 1, parameters[i]);
            }
            List<T> all = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    all.add(of.of(row));
                }
            }
            return all;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (var statement = superuser.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        superuser.close();
        worker.close();
        api.close();
    }
}
