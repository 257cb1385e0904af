package io.creditrefresh.worker.task;

import static io.restassured.RestAssured.given;

import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.worker.RealParts;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Calls of a scheduler, and the accounts that they are about. */
final class TaskCalls {

    static final String PAGE = "/api/scheduled-tasks/credit-refresh";
    static final String RETRIES = "/api/scheduled-tasks/credit-refresh-worker";
    static final Instant ENDED = Instant.parse("2026-11-19T10:00:00Z");

    private static int users;

    private TaskCalls() {}

    /** As {@code curl -d} sends it; an empty body is none at all. */
    static ValidatableResponse post(String path, String body) {
        RequestSpecification caller = given().header("Authorization", "Bearer " + TestTokens.service());
        return (body.isEmpty() ? caller : caller.contentType(ContentType.URLENC).body(body))
                .post(path)
                .then();
    }

    static JsonPath done(String path, String body) {
        return post(path, body).statusCode(200).extract().jsonPath();
    }

    static AccountFixture user() {
        users++;
        return AccountFixture.user("task-user-" + users);
    }

    static List<Long> due(int accounts) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection admin = RealParts.database.superuser()) {
            for (int i = 0; i < accounts; i++) {
                ids.add(user().insert(admin));
            }
        }
        return ids;
    }

    static long insert(AccountFixture account) throws SQLException {
        try (Connection admin = RealParts.database.superuser()) {
            return account.insert(admin);
        }
    }

    static void fail(long accountId, int attempts, String state, Instant nextAttemptAt) {
        RealParts.database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId + ", '" + ENDED
                + "', '" + nextAttemptAt + "', '" + ENDED + "', '" + ENDED + "', " + attempts + ", '" + state
                + "', 'data', 'planted')");
    }

    /** Accounts with their numbers of refreshes, in the order of ids. */
    static String refreshes() {
        return RealParts.database.query("SELECT coalesce(string_agg(refreshes, ' ' ORDER BY account_id), '') FROM ("
                + "SELECT e.account_id, e.account_id || 'x' || count(*) AS refreshes FROM ledger_entry e"
                + " JOIN credit_account a ON a.id = e.account_id WHERE e.type = 'REFRESH' GROUP BY e.account_id) each");
    }

    /** The same for accounts that were each refreshed once. */
    static String once(List<Long> accounts) {
        return accounts.stream()
                .sorted()
                .map(id -> id + "x1")
                .reduce((all, next) -> all + " " + next)
                .orElse("");
    }

    /** Has the database refuse every change of an account that the condition is true for. */
    static void curse(String condition) {
        RealParts.database.execute("""
                CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'the account is cursed';
                END
                $$;
                CREATE TRIGGER refuse_it BEFORE UPDATE ON credit_account FOR EACH ROW WHEN (%s)
                    EXECUTE FUNCTION refuse();
                """.formatted(condition));
    }

    static void liftCurse() {
        RealParts.database.execute("DROP TRIGGER IF EXISTS refuse_it ON credit_account");
    }
}
