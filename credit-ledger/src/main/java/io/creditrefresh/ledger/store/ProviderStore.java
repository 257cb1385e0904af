package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderHistory;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.SubscriptionKey;
import io.creditrefresh.ledger.provider.Terms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What providers have told of subscriptions: {@code provider_snapshot} and {@code provider_subscription}. */
public final class ProviderStore {

    private static final String FIND = """
            SELECT
                provider,
                subscription_id,
                event_id,
                kind,
                date_part('epoch', told_at)::bigint,
                date_part('epoch', created_at)::bigint,
                plan,
                status,
                date_part('epoch', period_start)::bigint,
                date_part('epoch', period_end)::bigint,
                date_part('epoch', paid_until)::bigint,
                previous_plan,
                previous_status,
                date_part('epoch', previous_period_start)::bigint
            FROM provider_snapshot
            WHERE subscriber_id = ?
            """;

    private static final String INSERT = """
            INSERT INTO provider_snapshot (
                subscriber_id, provider, subscription_id, event_id, kind, told_at, created_at, plan, status,
                period_start, period_end, paid_until, previous_plan, previous_status, previous_period_start)
            VALUES (
                ?, ?, ?, ?, ?, to_timestamp(?), to_timestamp(?), ?, ?, to_timestamp(?), to_timestamp(?),
                to_timestamp(?), ?, ?, to_timestamp(?))
            ON CONFLICT ON CONSTRAINT snapshot_is_told_once DO NOTHING
            """;

    private static final String KEEP_NEWEST = """
            INSERT INTO provider_subscription (
                subscriber_id, provider, subscription_id, told_at, created_at, plan, status, period_start, period_end,
                paid_until)
            VALUES (
                ?, ?, ?, to_timestamp(?), to_timestamp(?), ?, ?, to_timestamp(?), to_timestamp(?), to_timestamp(?))
            ON CONFLICT ON CONSTRAINT one_newest_snapshot_per_subscription DO UPDATE
            SET
                subscriber_id = EXCLUDED.subscriber_id,
                told_at = EXCLUDED.told_at,
                created_at = EXCLUDED.created_at,
                plan = EXCLUDED.plan,
                status = EXCLUDED.status,
                period_start = EXCLUDED.period_start,
                period_end = EXCLUDED.period_end,
                paid_until = EXCLUDED.paid_until
            """;

    private static final String IS_LIVE = """
            SELECT EXISTS (
                SELECT
                FROM provider_subscription
                WHERE subscriber_id = ?
                    AND status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused'))
            """;

    private ProviderStore() {}

    /** All that was told of a subscriber's subscriptions. */
    public static ProviderHistory history(Connection connection, long subscriberId) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setLong(1, subscriberId);
            try (ResultSet rows = select.executeQuery()) {
                List<Snapshot> snapshots = new ArrayList<>();
                while (rows.next()) {
                    snapshots.add(snapshot(rows));
                }
                return new ProviderHistory(snapshots);
            }
        }
    }

    /** Adds what is new, and keeps the newest of each subscription; the subscriber's accounts are locked. */
    public static void add(Connection connection, long subscriberId, List<Snapshot> told, ProviderHistory after)
            throws SQLException {
        for (Snapshot snapshot : told) {
            insert(connection, subscriberId, snapshot);
            keepNewest(
                    connection,
                    subscriberId,
                    after.newest(snapshot.subscription()).orElseThrow());
        }
    }

    /** Whether a subscription of the subscriber has begun and is not over, as far as was told. */
    public static boolean isLive(Connection connection, long subscriberId) throws SQLException {
        try (var select = connection.prepareStatement(IS_LIVE)) {
            select.setLong(1, subscriberId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static void insert(Connection connection, long subscriberId, Snapshot told) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, subscriberId);
            insert.setString(2, told.subscription().provider());
            insert.setString(3, told.subscription().id());
            insert.setString(4, told.eventId());
            insert.setString(5, told.kind().code());
            insert.setLong(6, told.at().getEpochSecond());
            insert.setLong(7, told.createdAt().getEpochSecond());
            insert.setString(8, told.terms().plan());
            insert.setString(9, told.terms().status().code());
            insert.setLong(10, told.terms().periodStart().getEpochSecond());
            insert.setLong(11, told.terms().periodEnd().getEpochSecond());
            insert.setObject(12, seconds(told.terms().paidUntil()), Types.BIGINT);
            insert.setString(13, told.previous().plan());
            ProviderStatus before = told.previous().status();
            insert.setString(14, before == null ? null : before.code());
            insert.setObject(15, seconds(told.previous().periodStart()), Types.BIGINT);
            insert.executeUpdate();
        }
    }

    private static void keepNewest(Connection connection, long subscriberId, Snapshot newest) throws SQLException {
        try (var keep = connection.prepareStatement(KEEP_NEWEST)) {
            keep.setLong(1, subscriberId);
            keep.setString(2, newest.subscription().provider());
            keep.setString(3, newest.subscription().id());
            keep.setLong(4, newest.at().getEpochSecond());
            keep.setLong(5, newest.createdAt().getEpochSecond());
            keep.setString(6, newest.terms().plan());
            keep.setString(7, newest.terms().status().code());
            keep.setLong(8, newest.terms().periodStart().getEpochSecond());
            keep.setLong(9, newest.terms().periodEnd().getEpochSecond());
            keep.setObject(10, seconds(newest.terms().paidUntil()), Types.BIGINT);
            keep.executeUpdate();
        }
    }

    private static Snapshot snapshot(ResultSet row) throws SQLException {
        String previousStatus = row.getString(13);
        return new Snapshot(
                new SubscriptionKey(row.getString(1), row.getString(2)),
                row.getString(3),
                Snapshot.Kind.of(row.getString(4)),
                Instant.ofEpochSecond(row.getLong(5)),
                Instant.ofEpochSecond(row.getLong(6)),
                new Terms(
                        row.getString(7),
                        status(row.getString(8)),
                        Instant.ofEpochSecond(row.getLong(9)),
                        Instant.ofEpochSecond(row.getLong(10)),
                        instant(row, 11)),
                new Previous(
                        row.getString(12), previousStatus == null ? null : status(previousStatus), instant(row, 14)));
    }

    private static ProviderStatus status(String code) {
        return ProviderStatus.of(code).orElseThrow(() -> new IllegalStateException("no status of a provider: " + code));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long seconds = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochSecond(seconds);
    }

    private static @Nullable Long seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }
}
