package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Puts accounts into a database as an import would: subscriber, account, first entry. Change what a test is about. */
public final class AccountFixture {

    private static final String INSERT = """
            WITH who AS (
                INSERT INTO subscriber (user_id, plan_code, billing_state, refresh_hold, refresh_day, created_at)
                VALUES (?, ?, ?, ?, ?, ?)
                RETURNING id
            ), account AS (
                INSERT INTO credit_account (
                    subscriber_id, kind, plan, billing_state, refresh_day, allowance, bonus, granted_this_period,
                    custom_allowance, period_start, period_end, refresh_at, phase, version)
                SELECT id, 'credits', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1 FROM who
                RETURNING id, allowance + bonus AS balance, period_start
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, period_start, actor, created_at)
            SELECT id, 1, 'IMPORT', balance, 0, balance, period_start, 'import', ? FROM account
            RETURNING account_id
            """;

    private final String userId;
    private String plan = "free";
    private String billingState = "active";
    private long allowance = 1_000;
    private long bonus;
    private boolean hold;
    private @Nullable Long customAllowance;
    private @Nullable Integer refreshDay;
    private Instant periodEnd = Instant.parse("2026-11-19T10:00:00Z");
    private @Nullable Instant refreshAt;

    private AccountFixture(String userId) {
        this.userId = userId;
    }

    public static AccountFixture user(String userId) {
        return new AccountFixture(userId);
    }

    public AccountFixture plan(String code) {
        plan = code;
        return this;
    }

    public AccountFixture billingState(String code) {
        billingState = code;
        return this;
    }

    public AccountFixture holding(long allowanceLeft, long bonusLeft) {
        allowance = allowanceLeft;
        bonus = bonusLeft;
        return this;
    }

    public AccountFixture onHold() {
        hold = true;
        return this;
    }

    public AccountFixture customAllowance(long credits) {
        customAllowance = credits;
        return this;
    }

    public AccountFixture refreshDay(int day) {
        refreshDay = day;
        return this;
    }

    public AccountFixture periodEnd(Instant end) {
        periodEnd = end;
        return this;
    }

    /** Not at the user's own slot but at this instant; its slot is then this minute. */
    public AccountFixture refreshAt(Instant instant) {
        refreshAt = instant;
        return this;
    }

    /** Writes the account and returns its id. */
    public long insert(Connection connection) throws SQLException {
        Instant at = refreshAt != null ? refreshAt : Slot.of(userId).firstAtOrAfter(periodEnd);
        boolean scheduled = !hold && !billingState.equals("past_due");
        Instant start = periodEnd.minus(Duration.ofDays(30));
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, userId);
            insert.setString(2, plan);
            insert.setString(3, billingState);
            insert.setBoolean(4, hold);
            insert.setObject(5, refreshDay, Types.SMALLINT);
            insert.setObject(6, utc(start));
            insert.setString(7, plan);
            insert.setString(8, billingState);
            insert.setObject(9, refreshDay, Types.SMALLINT);
            insert.setLong(10, allowance);
            insert.setLong(11, bonus);
            insert.setLong(12, allowance);
            insert.setObject(13, customAllowance, Types.BIGINT);
            insert.setObject(14, utc(start));
            insert.setObject(15, utc(periodEnd));
            insert.setObject(16, scheduled ? utc(at) : null, Types.TIMESTAMP_WITH_TIMEZONE);
            insert.setObject(17, scheduled ? Phase.of(at) : null, Types.INTEGER);
            insert.setObject(18, utc(start));
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
