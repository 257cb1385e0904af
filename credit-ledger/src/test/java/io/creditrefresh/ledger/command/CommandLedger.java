package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.WriteRequest;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A database with the use cases on it, at a time that tests set. */
final class CommandLedger {

    /** In the middle of the fixtures' period. */
    static final Instant WITHIN = Instant.parse("2026-11-01T12:00:00Z");

    /** A day after its end. */
    static final Instant DUE = Instant.parse("2026-11-20T10:00:00Z");

    final LedgerDatabase database = LedgerDatabase.create();
    final DataSource api;
    final LedgerAccess access;

    volatile Instant now = WITHIN;
    volatile boolean paused;

    CommandLedger() {
        this(UnaryOperator.identity());
    }

    /** One that gets its connections through {@code pool}. */
    CommandLedger(UnaryOperator<DataSource> pool) {
        api = pool.apply(database.as("credit_api"));
        access = new LedgerAccess(api, () -> now, () -> !paused, "api");
    }

    long open(AccountFixture account) {
        try (Connection connection = database.superuser()) {
            return account.insert(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens an account of another kind beside the one that a user has. */
    void openAnalysis(String userId, long allowance) {
        database.execute("WITH opened AS (INSERT INTO credit_account (subscriber_id, kind, plan, allowance, bonus,"
                + " granted_this_period, period_start, period_end, refresh_at, phase, version)"
                + " SELECT subscriber_id, 'analysis', plan, " + allowance + ", 0, " + allowance
                + ", period_start, period_end, refresh_at, phase, 1 FROM credit_account a"
                + " JOIN subscriber s ON s.id = a.subscriber_id WHERE user_id = '" + userId + "' RETURNING *)"
                + " INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " period_start, actor, created_at)"
                + " SELECT id, 1, 'IMPORT', allowance, 0, allowance, period_start, 'import', period_start FROM opened");
    }

    /** All entries of a user: kind, type and amount, in their order. */
    List<String> entries(String userId) {
        return database.query("SELECT string_agg(format('%s %s %s', kind, type, amount), ',' ORDER BY a.id, seq)"
                        + " FROM ledger_entry e JOIN credit_account a ON a.id = e.account_id"
                        + " JOIN subscriber s ON s.id = a.subscriber_id WHERE user_id = '" + userId + "'")
                .lines()
                .flatMap(line -> List.of(line.split(",")).stream())
                .toList();
    }

    /** Allowance and bonus of a user's account of kind credits. */
    String balance(String userId) {
        return database.query("SELECT allowance || ' + ' || bonus FROM credit_account a"
                + " JOIN subscriber s ON s.id = a.subscriber_id WHERE kind = 'credits' AND user_id = '" + userId
                + "'");
    }

    /** Every row of every table that a command writes. */
    String dump() {
        return List.of(
                        "subscriber",
                        "credit_account",
                        "ledger_entry",
                        "idempotency",
                        "audit_entry",
                        "refresh_batch",
                        "refresh_failure")
                .stream()
                .map(table -> database.query("SELECT '" + table
                        + ": ' || coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '') FROM " + table + " t"))
                .collect(Collectors.joining("\n"));
    }

    static Command by(String userId) {
        return Command.of(userId, new Cause("admin:alice", null));
    }

    static WriteRequest request(String key, int body) {
        return new WriteRequest(key, "%064x".formatted(body));
    }

    /** As {@link #entries} shows them. */
    static List<String> shown(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.kind().code() + " " + entry.type() + " " + entry.amount())
                .toList();
    }

    static <T> T value(Outcome<T> outcome) {
        return outcome.orElseThrow(refusal -> new IllegalStateException("refused: " + refusal));
    }

    /** What an answer says, kept as text. */
    static final class Texts implements Answers<String> {

        @Override
        public String of(Result result) {
            return shown(result.entries()) + " at " + result.at();
        }

        @Override
        public String write(String answer) {
            return answer;
        }

        @Override
        public String read(String kept) {
            return kept;
        }
    }
}
