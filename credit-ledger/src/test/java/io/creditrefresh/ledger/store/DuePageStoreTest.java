package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.RefreshJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DuePageStoreTest {

    private static final Instant ENDED = Instant.parse("2026-11-19T10:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection connection;
    private int users;

    @BeforeEach
    void open() throws SQLException {
        connection = database.superuser();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void findsNothingWhereThereIsNobody() throws SQLException {
        assertThat(DuePageStore.after(connection, 0, NOON, 10)).isEqualTo(new DuePageStore.Page(List.of(), 0, false));
    }

    @Test
    void findsDueAccountsInTheOrderOfTheirIdsWithTheAttemptsOfTheirPresentPeriod() throws SQLException {
        long first = insert();
        AccountFixture.user("held").onHold().insert(connection);
        AccountFixture.user("later").periodEnd(NOON.plusSeconds(1)).insert(connection);
        long failed = insert();
        long failedBefore = insert();
        fail(failed, ENDED);
        fail(failedBefore, ENDED.minusSeconds(60));

        DuePageStore.Page page = DuePageStore.after(connection, 0, NOON, 10);

        assertThat(page.jobs())
                .containsExactly(
                        new RefreshJob(first, ENDED, 0),
                        new RefreshJob(failed, ENDED, 2),
                        new RefreshJob(failedBefore, ENDED, 0));
        assertThat(page.reached()).isEqualTo(failedBefore);
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void goesOnBehindTheLastOneOfAFullPage() throws SQLException {
        long first = insert();
        long second = insert();

        DuePageStore.Page page = DuePageStore.after(connection, 0, NOON, 1);

        assertThat(page).isEqualTo(new DuePageStore.Page(List.of(new RefreshJob(first, ENDED, 0)), first, true));
        assertThat(DuePageStore.after(connection, first, NOON, 10).jobs())
                .containsExactly(new RefreshJob(second, ENDED, 0));
    }

    @Test
    void looksAtABoundedRangeOfIdsHoweverFewAreDue() throws SQLException {
        long first = insert();
        database.execute("ALTER TABLE credit_account ALTER COLUMN id RESTART WITH 2000002");
        long last = insert();

        DuePageStore.Page page = DuePageStore.after(connection, first, NOON, 10);
        DuePageStore.Page next = DuePageStore.after(connection, page.reached(), NOON, 10);

        assertThat(page).isEqualTo(new DuePageStore.Page(List.of(), first + DuePageStore.IDS_MAX, true));
        assertThat(next.jobs()).isEmpty();
        assertThat(next.hasMore()).isTrue();
        assertThat(DuePageStore.after(connection, next.reached(), NOON, 10).jobs())
                .containsExactly(new RefreshJob(last, ENDED, 0));
    }

    @Test
    void findsWhatTheScheduleHasInAStretchOfTime() throws SQLException {
        insert("before", NOON.minusSeconds(120));
        long last = insert("in", NOON);
        long first = insert("in, too", NOON.minusSeconds(60));
        insert("after", NOON.plusSeconds(60));
        AccountFixture.user("held").onHold().insert(connection);
        fail(first, NOON.minusSeconds(60));

        DuePageStore.Page page = DuePageStore.scheduled(connection, 0, NOON.minusSeconds(120), NOON, 10);

        assertThat(page.jobs())
                .containsExactly(new RefreshJob(last, NOON, 0), new RefreshJob(first, NOON.minusSeconds(60), 0));
        assertThat(page.hasMore()).isFalse();
    }

    private long insert(String userId, Instant refreshAt) throws SQLException {
        return AccountFixture.user(userId)
                .periodEnd(refreshAt)
                .refreshAt(refreshAt)
                .insert(connection);
    }

    private long insert() throws SQLException {
        users++;
        return AccountFixture.user("user-" + users).insert(connection);
    }

    private void fail(long accountId, Instant dueAt) {
        database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId + ", '" + dueAt
                + "', now(), now(), now(), 2, 'retrying', 'data', 'planted')");
    }
}
