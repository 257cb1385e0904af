package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and writes the one row of {@code rollout}. */
public final class RolloutStore {

    /** The columns that {@link #read(ResultSet, int)} expects, in its order. */
    static final String COLUMNS = """
            r.revision,
                r.variable,
                r.global,
                r.percentage::integer,
                date_part('epoch', r.new_users_since)::bigint,
                date_part('epoch', r.opened_at)::bigint,
                date_part('epoch', r.closed_at)::bigint,
                r.analysis_price,
                r.roast_price""";

    private static final String READ = """
            SELECT
                %s
            FROM rollout r
            """.formatted(COLUMNS);

    private static final String LOCK = READ + "FOR UPDATE\n";

    private static final String UPDATE = """
            UPDATE rollout
            SET
                revision = revision + 1,
                variable = ?,
                global = ?,
                percentage = ?,
                new_users_since = to_timestamp(?),
                opened_at = to_timestamp(?),
                closed_at = to_timestamp(?),
                analysis_price = ?,
                roast_price = ?
            """;

    // Numbers of ours, for nothing else.
    private static final String HOLD_STILL = """
            SELECT pg_advisory_xact_lock_shared(7720004)
            """;

    private static final String MOVE = """
            SELECT pg_advisory_xact_lock(7720004)
            """;

    // The first of a user's accounts that carried something over at a boundary, or held it back, has settled for all of
    // them in which view the user was. A refresh is of the boundary at which its account's period ended: the account
    // may
    // have been refreshed again since, and have skipped periods.
    private static final String PLACES = """
            SELECT
                a.id,
                a.kind,
                s.user_id,
                s.v2_override,
                date_part('epoch', s.created_at)::bigint,
                NOT EXISTS (
                    SELECT FROM credit_account other
                    WHERE other.subscriber_id = s.id
                        AND other.kind <> 'credits'),
                (
                    SELECT (other.kind = 'credits') = (e.carried > 0)
                    FROM credit_account other
                    JOIN ledger_entry e ON e.account_id = other.id
                    WHERE other.subscriber_id = s.id
                        AND other.id <> a.id
                        AND e.type = 'REFRESH'
                        AND e.period_start >= a.period_end
                        AND coalesce((e.metadata ->> 'skippedFromEpochSecond')::bigint,
                            date_part('epoch', e.period_start)::bigint) = date_part('epoch', a.period_end)::bigint
                        AND (e.carried > 0 OR jsonb_exists(e.metadata, '%s'))
                    LIMIT 1)
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE a.id = ANY (?)
            """.formatted(Refresh.WITHHELD);

    private RolloutStore() {}

    public static Rollout read(Connection connection) throws SQLException {
        return read(connection, READ);
    }

    /** The same, to be changed: nobody else changes it until the transaction ends. */
    public static Rollout lock(Connection connection) throws SQLException {
        return read(connection, LOCK);
    }

    /** Writes all of it but the revision, which goes up. */
    public static void update(Connection connection, Rollout rollout) throws SQLException {
        try (var update = connection.prepareStatement(UPDATE)) {
            update.setObject(1, rollout.variable(), Types.BOOLEAN);
            update.setObject(2, rollout.global(), Types.BOOLEAN);
            update.setInt(3, rollout.percentage());
            update.setObject(4, seconds(rollout.newUsersSince()), Types.BIGINT);
            update.setObject(5, seconds(rollout.openedAt()), Types.BIGINT);
            update.setObject(6, seconds(rollout.closedAt()), Types.BIGINT);
            update.setInt(7, rollout.price(CreditKind.ANALYSIS));
            update.setInt(8, rollout.price(CreditKind.ROAST));
            update.executeUpdate();
        }
    }

    /** Waits until no refresh that goes by a view is under way, and has the next ones wait until the transaction ends. */
    public static void waitForRefreshes(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement(MOVE)) {
            lock.executeQuery().close();
        }
    }

    /**
     * Accounts with what their refresh needs to know of their users' views, which stay as they are until the transaction
     * ends. Where no plan carries anything over that is nothing, and nothing is read.
     */
    public static Map<Long, Account> placed(Connection connection, Map<Long, Account> accounts, Catalogue catalogue)
            throws SQLException {
        if (accounts.isEmpty() || !catalogue.carriesOver()) {
            return accounts;
        }
        try (var lock = connection.prepareStatement(HOLD_STILL)) {
            lock.executeQuery().close();
        }
        return placedAsOfNow(connection, accounts);
    }

    private static Map<Long, Account> placedAsOfNow(Connection connection, Map<Long, Account> accounts)
            throws SQLException {
        long[] ids = accounts.keySet().stream().mapToLong(id -> id).toArray();
        Set<Long> out = outOfView(connection, ids);
        Map<Long, Account> placed = new HashMap<>(accounts);
        placed.replaceAll((id, account) -> account.inView(!out.contains(id)));
        return placed;
    }

    /** The due accounts of a subscriber, by id, as {@link #placed} has them; for who only looks, and waits for nobody. */
    public static Map<Long, Account> foreseenDue(
            Connection connection, Subscriber subscriber, Catalogue catalogue, Instant now) throws SQLException {
        Map<Long, Account> due = new HashMap<>();
        for (Account account : subscriber.accounts()) {
            if (account.isDue(now)) {
                due.put(account.id(), account);
            }
        }
        return due.isEmpty() || !catalogue.carriesOver() ? due : placedAsOfNow(connection, due);
    }

    private static Set<Long> outOfView(Connection connection, long[] accountIds) throws SQLException {
        Rollout rollout = read(connection);
        Set<Long> out = new HashSet<>();
        try (var select = connection.prepareStatement(PLACES)) {
            select.setArray(1, Columns.longs(connection, accountIds));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    boolean hasOnlyThePool = row.getBoolean(6);
                    @Nullable Boolean settledInV1 = row.getObject(7, Boolean.class);
                    View now = rollout.viewOf(
                            row.getString(3), row.getObject(4, Boolean.class), Instant.ofEpochSecond(row.getLong(5)));
                    View view = settledInV1 == null ? now : settledInV1 ? View.V1 : View.V2;
                    if (!hasOnlyThePool && !view.shows(CreditKind.of(row.getString(2)))) {
                        out.add(row.getLong(1));
                    }
                }
            }
        }
        return out;
    }

    private static Rollout read(Connection connection, String sql) throws SQLException {
        try (var select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("the one row of rollout is missing");
            }
            return read(row, 1);
        }
    }

    /** From the column {@code first} on. */
    static Rollout read(ResultSet row, int first) throws SQLException {
        return new Rollout(
                row.getLong(first),
                row.getObject(first + 1, Boolean.class),
                row.getObject(first + 2, Boolean.class),
                row.getInt(first + 3),
                instant(row, first + 4),
                instant(row, first + 5),
                instant(row, first + 6),
                Map.of(CreditKind.ANALYSIS, row.getInt(first + 7), CreditKind.ROAST, row.getInt(first + 8)));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long seconds = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochSecond(seconds);
    }

    private static @Nullable Long seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }
}
