package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.provider.BillingProvider.Asked;
import io.creditrefresh.ledger.provider.Terms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Compares what a provider says of subscriptions with what it has told before. */
public final class ProviderDifferenceStore {

    // Of customers whom nobody knows, nobody has credits. A subscription that was never told of and is not live makes
    // no
    // difference to anybody.
    private static final String DIFFERENT = """
            SELECT
                s.user_id,
                account.id,
                asked.customer_id,
                format(
                    'subscription %s at %s is %s %s until %s%s; here %s',
                    asked.subscription_id,
                    c.provider,
                    asked.plan,
                    asked.status,
                    to_timestamp(asked.period_end),
                    CASE WHEN asked.paid_until > 0 THEN ' and then over' END,
                    CASE
                        WHEN known.plan IS NULL THEN 'it is not known'
                        ELSE format('it is %s %s until %s', known.plan, known.status, known.period_end)
                    END)
            FROM unnest(?, ?, ?, ?, ?, ?, ?)
                AS asked (customer_id, subscription_id, plan, status, period_start, period_end, paid_until)
            JOIN billing_customer c ON c.customer_id = asked.customer_id
                AND c.provider = ?
            JOIN subscriber s ON s.id = c.subscriber_id
            CROSS JOIN LATERAL (
                SELECT min(a.id) AS id
                FROM credit_account a
                WHERE a.subscriber_id = s.id
            ) account
            LEFT JOIN provider_subscription known ON known.provider = c.provider
                AND known.subscription_id = asked.subscription_id
            WHERE (known.subscription_id IS NOT NULL
                    OR asked.status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused'))
                AND (known.plan, known.status, known.period_start, known.period_end, known.paid_until)
                    IS DISTINCT FROM (
                        asked.plan,
                        asked.status,
                        to_timestamp(asked.period_start),
                        to_timestamp(asked.period_end),
                        to_timestamp(nullif(asked.paid_until, 0)))
            ORDER BY account.id, asked.subscription_id
            """;

    private ProviderDifferenceStore() {}

    /**
     * A subscription that is not as it was told.
     *
     * @param accountId the user's first
     * @param detail for people
     */
    public record Difference(String userId, long accountId, String customerId, String detail) {}

    /** Those of {@code asked} that belong to a user and are not as they were told. */
    public static List<Difference> find(Connection connection, String provider, List<Asked> asked) throws SQLException {
        Columns<Asked> columns = new Columns<>(connection, asked);
        try (var select = connection.prepareStatement(DIFFERENT)) {
            select.setArray(1, columns.texts(Asked::customerId));
            select.setArray(
                    2, columns.texts(each -> each.snapshot().subscription().id()));
            select.setArray(3, columns.texts(of(Terms::plan)));
            select.setArray(4, columns.texts(of(terms -> terms.status().code())));
            select.setArray(5, columns.longs(each -> terms(each).periodStart().getEpochSecond()));
            select.setArray(6, columns.longs(each -> terms(each).periodEnd().getEpochSecond()));
            select.setArray(7, columns.longs(ProviderDifferenceStore::paidUntil));
            select.setString(8, provider);
            try (ResultSet rows = select.executeQuery()) {
                List<Difference> differences = new ArrayList<>();
                while (rows.next()) {
                    differences.add(
                            new Difference(rows.getString(1), rows.getLong(2), rows.getString(3), rows.getString(4)));
                }
                return differences;
            }
        }
    }

    private static Function<Asked, String> of(Function<Terms, String> part) {
        return asked -> part.apply(terms(asked));
    }

    private static Terms terms(Asked asked) {
        return asked.snapshot().terms();
    }

    private static long paidUntil(Asked asked) {
        Instant paidUntil = terms(asked).paidUntil();
        return paidUntil == null ? 0 : paidUntil.getEpochSecond();
    }
}
