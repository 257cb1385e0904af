package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.migration.Migration;
import io.creditrefresh.ledger.plan.CreditKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivilegesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = database.superuser()) {
            AccountFixture.user("account-1")
                    .refreshAt(Instant.parse("2026-11-19T10:00:00Z"))
                    .insert(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_entry SET amount = amount",
                "DELETE FROM ledger_entry",
                "TRUNCATE ledger_entry",
                "UPDATE ledger_entry SET reason = 'tidied up' WHERE false"
            })
    void refusesToChangeTheLedgerEvenToItsOwner(String change) {
        assertThatThrownBy(() -> executeAs("credit_owner", change)).hasMessageContaining("ledger_entry is append-only");
        assertThatThrownBy(() -> executeAs(
                        "credit_owner",
                        change.replace("ledger_entry", "audit_entry").replace("amount", "action")))
                .hasMessageContaining("audit_entry is append-only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credit_worker | UPDATE ledger_entry SET reason = 'x'",
                "credit_worker | SELECT reason FROM ledger_entry",
                "credit_worker | UPDATE credit_account SET plan = 'scale'",
                "credit_worker | UPDATE credit_account SET custom_allowance = 1",
                "credit_worker | DELETE FROM credit_account",
                "credit_worker | SELECT email FROM subscriber",
                "credit_planner | UPDATE credit_account SET bonus = 1",
                "credit_planner | INSERT INTO ledger_entry SELECT * FROM ledger_entry",
                "credit_planner | UPDATE refresh_failure SET attempts = 1",
                "credit_planner | SELECT reason FROM ledger_entry",
                "credit_planner | SELECT email FROM subscriber",
                "credit_planner | UPDATE credit_event SET type = 'low'",
                "credit_worker | DELETE FROM credit_event",
                "credit_api | DELETE FROM credit_event",
                "credit_api | CREATE TRIGGER mine AFTER INSERT ON ledger_entry EXECUTE FUNCTION note_credit_events()",
                "credit_api | UPDATE credit_account SET subscriber_id = 1",
                "credit_api | DELETE FROM credit_account",
                "credit_api | UPDATE ledger_entry SET amount = 1",
                "credit_operator | UPDATE subscriber SET user_id = 'x'",
                "credit_api | UPDATE subscriber SET id = DEFAULT",
                "credit_api | DELETE FROM webhook_event",
                "credit_api | UPDATE webhook_event SET event_id = 'x'",
                "credit_operator | UPDATE webhook_event SET payload = ''",
                "credit_api | UPDATE plan_allowance SET valid_from = now()",
                "credit_api | UPDATE audit_entry SET actor = 'x'",
                "credit_api | UPDATE idempotency SET answer = 'x'",
                "credit_operator | UPDATE credit_account SET subscriber_id = 1",
                "credit_operator | UPDATE rollout SET percentage = 1",
                "credit_operator | DELETE FROM ledger_entry",
                "credit_operator | DELETE FROM audit_entry",
                "credit_worker | SELECT FROM idempotency",
                "credit_planner | SELECT FROM audit_entry",
                "credit_planner | SELECT email FROM subscriber",
                "credit_planner | UPDATE bulk_item SET state = 'refreshed'",
                "credit_worker | UPDATE bulk_job SET state = 'done'",
                "credit_api | UPDATE bulk_item SET state = 'refreshed'",
                "credit_worker | DELETE FROM control",
                "credit_planner | SELECT FROM worker_state",
                "credit_api | DELETE FROM worker_state",
                "credit_worker | CREATE TABLE mine (id bigint)",
                "credit_api | DROP TABLE credit_account",
            })
    void givesNoRoleMoreThanItNeeds(String role, String statement) {
        assertThatThrownBy(() -> executeAs(role, statement))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit_api", "credit_owner"})
    void letsNobodyGiveAUserTheIdOfAnother(String role) throws SQLException {
        String anonymous = "anonymised-" + UUID.randomUUID();

        assertThatThrownBy(() -> executeAs(role, "UPDATE subscriber SET user_id = 'account-2'"))
                .hasMessageContaining("only ever becomes an anonymous one");
        assertThatThrownBy(() -> executeAs(role, "UPDATE subscriber SET user_id = '" + anonymous + "'"))
                .hasMessageContaining("anonymised_has_no_email_and_is_off_the_schedule");
        executeAs(
                role,
                "UPDATE subscriber SET user_id = '" + anonymous
                        + "', email = NULL, refresh_hold = true, billing_state = 'cancelled'");
        assertThatThrownBy(() -> executeAs(role, "UPDATE subscriber SET user_id = 'account-1'"))
                .hasMessageContaining("only ever becomes an anonymous one");
        assertThatThrownBy(() -> executeAs(role, "UPDATE subscriber SET refresh_hold = false"))
                .hasMessageContaining("anonymised_has_no_email_and_is_off_the_schedule");
    }

    @Test
    void letsTheApiReadAllThatItShows() throws SQLException {
        try (Connection api = database.as("credit_api").getConnection()) {
            Subscriber subscriber = SubscriberStore.find(api, "account-1").orElseThrow();

            assertThat(RefreshHistoryStore.last(
                            api, subscriber.accounts().get(0).id()))
                    .isEmpty();
            assertThat(SnapshotStore.read(api, NOW, true).overdue()).isEqualTo(1);
            assertThat(CatalogueStore.read(api).plansWith(CreditKind.CREDITS)).contains("free");
        }
        executeAs("credit_api", "SELECT * FROM credit_refresh_history");
    }

    @Test
    void letsThePlannerCountItsBacklogAndReadNoBatches() throws SQLException {
        try (Connection planner = database.as("credit_planner").getConnection()) {
            assertThat(BacklogStore.count(planner, NOW, true).overdue()).isEqualTo(1);
            assertThat(BacklogStore.failures(planner)).isEqualTo(new BacklogStore.Failures(0, 0));
        }
        assertThatThrownBy(() -> executeAs("credit_planner", "SELECT * FROM refresh_batch"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void givesTheServicesRolesNothingOfTheirOwn() {
        assertThat(database.count("SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner"
                        + " WHERE r.rolname IN ('credit_planner', 'credit_worker', 'credit_api', 'credit_operator')"))
                .isZero();
    }

    @Test
    void migratesAnUpToDateSchemaByDoingNothing() {
        assertThat(Migration.migrate(database.as("credit_owner"))).isZero();
    }

    private void executeAs(String role, String sql) throws SQLException {
        try (Connection connection = database.as(role).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
