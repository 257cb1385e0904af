package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads all that is kept of a subscriber, page by page, each row as a JSON object. */
public final class ExportStore {

    // What is given to a user names staff and services by their role only.
    private static final String ACTOR = "regexp_replace(%s.actor, '^(admin|support|service|user):.*$', '\\1')";

    private ExportStore() {}

    /** A list of the export. */
    public enum Section {
        ACCOUNTS("""
                SELECT
                    a.id AS key,
                    json_build_object(
                        'accountId', a.id,
                        'kind', a.kind,
                        'plan', a.plan,
                        'billingState', a.billing_state,
                        'paidUntil', %s,
                        'refreshDay', a.refresh_day,
                        'customAllowance', a.custom_allowance,
                        'allowance', a.allowance,
                        'bonus', a.bonus,
                        'grantedThisPeriod', a.granted_this_period,
                        'periodStart', %s,
                        'periodEnd', %s,
                        'refreshAt', %s,
                        'version', a.version)
                FROM credit_account a
                WHERE a.subscriber_id = ?
                """.formatted(
                        time("a.paid_until"), time("a.period_start"), time("a.period_end"), time("a.refresh_at"))),
        /** Of one account; refreshes are entries like any other. */
        ENTRIES("""
                SELECT
                    e.seq AS key,
                    json_build_object(
                        'accountId', e.account_id,
                        'seq', e.seq,
                        'at', %s,
                        'type', e.type,
                        'amount', e.amount,
                        'balanceBefore', e.balance_before,
                        'balanceAfter', e.balance_after,
                        'granted', e.granted,
                        'lapsed', e.lapsed,
                        'carried', e.carried,
                        'bonusChange', e.bonus_change,
                        'periodStart', %s,
                        'runDate', e.run_date,
                        'by', %s,
                        'reason', e.reason,
                        'details', e.metadata)
                FROM ledger_entry e
                WHERE e.account_id = ?
                """.formatted(time("e.created_at"), time("e.period_start"), ACTOR.formatted("e"))),
        FAILURES("""
                SELECT
                    f.account_id AS key,
                    json_build_object(
                        'accountId', f.account_id,
                        'dueAt', %s,
                        'firstFailedAt', %s,
                        'lastFailedAt', %s,
                        'attempts', f.attempts,
                        'state', f.state,
                        'error', f.last_error)
                FROM refresh_failure f
                JOIN credit_account a ON a.id = f.account_id
                WHERE a.subscriber_id = ?
                """.formatted(time("f.due_at"), time("f.first_failed_at"), time("f.last_failed_at"))),
        CUSTOMERS("""
                SELECT
                    row_number() OVER (ORDER BY c.provider, c.customer_id) AS key,
                    json_build_object(
                        'provider', c.provider,
                        'customerId', c.customer_id,
                        'since', %s)
                FROM billing_customer c
                WHERE c.subscriber_id = ?
                """.formatted(time("c.created_at"))),
        /** All that was told of each, the newest last. */
        SUBSCRIPTIONS("""
                SELECT
                    row_number() OVER (ORDER BY p.told_at, p.provider, p.event_id) AS key,
                    json_build_object(
                        'provider', p.provider,
                        'subscriptionId', p.subscription_id,
                        'eventId', p.event_id,
                        'toldAt', %s,
                        'createdAt', %s,
                        'plan', p.plan,
                        'status', p.status,
                        'periodStart', %s,
                        'periodEnd', %s,
                        'paidUntil', %s)
                FROM provider_snapshot p
                WHERE p.subscriber_id = ?
                """.formatted(
                        time("p.told_at"),
                        time("p.created_at"),
                        time("p.period_start"),
                        time("p.period_end"),
                        time("p.paid_until"))),
        EVENTS("""
                SELECT
                    w.id AS key,
                    json_build_object(
                        'provider', w.provider,
                        'eventId', w.event_id,
                        'type', w.type,
                        'occurredAt', %s,
                        'receivedAt', %s,
                        'state', w.state,
                        'payload', w.payload)
                FROM webhook_event w
                WHERE w.subscriber_id = ?
                """.formatted(time("w.occurred_at"), time("w.received_at"))),
        AUDIT("""
                SELECT
                    u.id AS key,
                    json_build_object(
                        'at', %s,
                        'by', u.role,
                        'action', u.action,
                        'reason', u.reason,
                        'before', u.before,
                        'after', u.after)
                FROM audit_entry u
                WHERE u.subscriber_id = ?
                """.formatted(time("u.created_at")));

        private final String page;

        Section(String rows) {
            this.page = """
                    SELECT key, json_build_object::text
                    FROM (
                        %s) rows
                    WHERE key > ?
                    ORDER BY key
                    LIMIT ?
                    """.formatted(rows);
        }
    }

    /**
     * A row of a section.
     *
     * @param key where it stands in the section
     * @param json an object
     */
    public record Row(long key, String json) {}

    /**
     * Those behind a key, so many at the most.
     *
     * @param ownerId the subscriber's id; the account's for {@link Section#ENTRIES}
     */
    public static List<Row> page(Connection connection, Section section, long ownerId, long afterKey, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(section.page)) {
            select.setLong(1, ownerId);
            select.setLong(2, afterKey);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Row> page = new ArrayList<>();
                while (rows.next()) {
                    page.add(new Row(rows.getLong(1), rows.getString(2)));
                }
                return page;
            }
        }
    }

    /** An instant as all answers have it, whatever the session's time zone. */
    private static String time(String column) {
        return "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')".formatted(column);
    }
}
