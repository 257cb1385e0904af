package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.imports.ImportedAccount;
import io.creditrefresh.ledger.schedule.Phase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Writes imported users to {@code subscriber}, {@code credit_account} and {@code ledger_entry}. The caller owns the
 * connection and its transactions.
 */
public final class ImportStore {

    // In the database and not in memory, because a file may have any number of users.
    private static final String CREATE_LINES = """
            CREATE TEMP TABLE import_line (
                user_id text COLLATE "C" PRIMARY KEY,
                number bigint NOT NULL)
            """;

    private static final String ADD_LINES = """
            INSERT INTO import_line (user_id, number)
            SELECT line.user_id, line.number
            FROM unnest(?, ?) AS line (user_id, number)
            ORDER BY line.number
            ON CONFLICT (user_id) DO NOTHING
            """;

    private static final String FIND_REPEATED = """
            SELECT line.number, earlier.number
            FROM unnest(?, ?) AS line (user_id, number)
            JOIN import_line earlier ON earlier.user_id = line.user_id
            WHERE earlier.number < line.number
            """;

    private static final String FIND_EXISTING = """
            SELECT user_id
            FROM subscriber
            WHERE user_id = ANY (?)
            """;

    // Subscribers in the order of user_id: two imports that have users in common wait for each other, never crosswise.
    private static final String INSERT_ONCE = """
            WITH line AS (
                SELECT
                    user_id, email, plan, refresh_hold, refresh_day, custom_allowance, allowance, bonus, granted,
                    to_timestamp(period_start) AS period_start,
                    to_timestamp(period_end) AS period_end,
                    to_timestamp(refresh_at) AS refresh_at,
                    phase
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS line (
                    user_id, email, plan, refresh_hold, refresh_day, custom_allowance, allowance, bonus, granted,
                    period_start, period_end, refresh_at, phase)
            ),
            new_subscriber AS (
                INSERT INTO subscriber (created_at, user_id, email, plan_code, refresh_hold, refresh_day)
                SELECT to_timestamp(?), user_id, email, plan, refresh_hold, refresh_day
                FROM line
                ORDER BY user_id COLLATE "C"
                ON CONFLICT (user_id) DO NOTHING
                RETURNING id, user_id
            ),
            new_account AS (
                INSERT INTO credit_account (
                    subscriber_id, kind, plan, refresh_day, custom_allowance, allowance, bonus, granted_this_period,
                    period_start, period_end, refresh_at, phase, version)
                SELECT
                    new_subscriber.id, 'credits', line.plan, line.refresh_day, line.custom_allowance, line.allowance,
                    line.bonus, line.granted, line.period_start, line.period_end, line.refresh_at, line.phase, 1
                FROM new_subscriber
                JOIN line ON line.user_id = new_subscriber.user_id
                RETURNING id, allowance + bonus AS balance, bonus, period_start
            )
            INSERT INTO ledger_entry (
                account_id, seq, created_at, period_start, amount, balance_before, balance_after, bonus_change, type,
                actor, idempotency_key)
            SELECT id, 1, to_timestamp(?), period_start, balance, 0, balance, bonus, 'IMPORT', 'import', 'import'
            FROM new_account
            """;

    private ImportStore() {}

    /** Makes a connection ready for {@link #noteLines}: one for each import, which it remembers until it is closed. */
    public static void begin(Connection connection) throws SQLException {
        try (var create = connection.createStatement()) {
            create.execute(CREATE_LINES);
        }
    }

    /**
     * Notes on which line of the import each user is.
     *
     * @param userIds by the number of their line; all lines come after those of earlier calls
     * @return those lines whose user is also on an earlier line, of this call or before, each with the first such line
     */
    public static Map<Long, Long> noteLines(Connection connection, Map<Long, String> userIds) throws SQLException {
        Columns<Map.Entry<Long, String>> lines = new Columns<>(connection, List.copyOf(userIds.entrySet()));
        Array ids = lines.texts(Map.Entry::getValue);
        Array numbers = lines.longs(Map.Entry::getKey);
        try (var add = planned(connection, ADD_LINES)) {
            add.setArray(1, ids);
            add.setArray(2, numbers);
            if (add.executeUpdate() == userIds.size()) {
                return Map.of();
            }
        }
        try (var find = planned(connection, FIND_REPEATED)) {
            find.setArray(1, ids);
            find.setArray(2, numbers);
            try (ResultSet rows = find.executeQuery()) {
                Map<Long, Long> firstLines = new HashMap<>();
                while (rows.next()) {
                    firstLines.put(rows.getLong(1), rows.getLong(2));
                }
                return firstLines;
            }
        }
    }

    /** Those of {@code userIds} that are subscribers already. */
    public static Set<String> existing(Connection connection, List<String> userIds) throws SQLException {
        try (var find = planned(connection, FIND_EXISTING)) {
            find.setArray(1, new Columns<>(connection, userIds).texts(userId -> userId));
            try (ResultSet rows = find.executeQuery()) {
                Set<String> existing = new HashSet<>();
                while (rows.next()) {
                    existing.add(rows.getString(1));
                }
                return existing;
            }
        }
    }

    /**
     * Inserts those users, each with account and entry, that are no subscribers yet, and leaves the others as they are.
     *
     * @param accounts of different users
     * @return number of users inserted
     */
    public static int insertOnce(Connection connection, List<ImportedAccount> accounts, Instant now)
            throws SQLException {
        Columns<ImportedAccount> columns = new Columns<>(connection, accounts);
        try (var insert = planned(connection, INSERT_ONCE)) {
            insert.setArray(1, columns.texts(account -> account.user().userId()));
            insert.setArray(
                    2, columns.nullable("text", account -> account.user().email()));
            insert.setArray(3, columns.texts(account -> account.user().plan()));
            insert.setArray(
                    4, columns.nullable("bool", account -> account.user().onHold()));
            insert.setArray(
                    5, columns.nullable("int4", account -> account.user().refreshDay()));
            insert.setArray(
                    6, columns.nullable("int8", account -> account.user().customAllowance()));
            insert.setArray(7, columns.longs(account -> account.balance().allowance()));
            insert.setArray(8, columns.longs(account -> account.balance().bonus()));
            insert.setArray(9, columns.longs(ImportedAccount::grantedThisPeriod));
            insert.setArray(10, columns.instants(account -> account.period().start()));
            insert.setArray(11, columns.instants(account -> account.period().end()));
            insert.setArray(12, columns.nullable("int8", ImportStore::refreshAtEpochSecond));
            insert.setArray(13, columns.nullable("int4", ImportStore::phase));
            insert.setLong(14, now.getEpochSecond());
            insert.setLong(15, now.getEpochSecond());
            return insert.executeUpdate();
        }
    }

    /**
     * A statement that is planned each time for the arrays it has. A plan made once for arrays of any length may join
     * them row by row, which is a million steps for a thousand users.
     */
    private static PreparedStatement planned(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(0);
        return statement;
    }

    private static @Nullable Long refreshAtEpochSecond(ImportedAccount account) {
        Instant refreshAt = account.refreshAt();
        return refreshAt == null ? null : refreshAt.getEpochSecond();
    }

    private static @Nullable Integer phase(ImportedAccount account) {
        Instant refreshAt = account.refreshAt();
        return refreshAt == null ? null : Phase.of(refreshAt);
    }
}
