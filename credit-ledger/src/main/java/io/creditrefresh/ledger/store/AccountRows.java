package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads {@code credit_account} rows. Instants travel as epoch seconds: binary, and cheap to read. */
final class AccountRows {

    /** The columns that {@link #read} expects, in its order. */
    static final String COLUMNS = """
            a.id,
                a.version,
                a.kind,
                a.plan,
                a.billing_state,
                date_part('epoch', a.paid_until)::bigint,
                a.custom_allowance,
                a.refresh_day::integer,
                a.allowance,
                a.bonus,
                a.granted_this_period,
                date_part('epoch', a.period_start)::bigint,
                date_part('epoch', a.period_end)::bigint,
                date_part('epoch', a.refresh_at)::bigint""";

    private AccountRows() {}

    static Account read(ResultSet row) throws SQLException {
        Entitlement entitlement = new Entitlement(
                CreditKind.of(row.getString(3)),
                row.getString(4),
                BillingState.of(row.getString(5)),
                instantOrNull(row, 6),
                longOrNull(row, 7));
        Period period = new Period(Instant.ofEpochSecond(row.getLong(12)), Instant.ofEpochSecond(row.getLong(13)));
        return new Account(
                row.getLong(1),
                row.getLong(2),
                entitlement,
                Cycle.of(intOrNull(row, 8)),
                new Balance(row.getLong(9), row.getLong(10)),
                row.getLong(11),
                period,
                instantOrNull(row, 14));
    }

    private static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        Long seconds = longOrNull(row, column);
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static @Nullable Long longOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Integer intOrNull(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
