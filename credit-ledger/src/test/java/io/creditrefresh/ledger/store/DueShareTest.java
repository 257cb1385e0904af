package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueShareTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant A_DAY_AGO = NOW.minus(Duration.ofDays(1));

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection admin;
    private Connection planner;
    private int users;

    @BeforeEach
    void connect() throws SQLException {
        admin = database.superuser();
        planner = database.as("credit_planner").getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        planner.close();
        admin.close();
    }

    @Test
    void countsASmallTable() throws SQLException {
        insert(A_DAY_AGO, 1);
        insert(NOW.minusSeconds(60), 2);
        insert(NOW, 1);
        insert(NOW.plusSeconds(60), 4);
        AccountFixture.user("held").onHold().insert(admin);

        DueShare share = DueShare.read(planner, A_DAY_AGO, NOW);

        assertThat(share).isEqualTo(new DueShare(3, 9, 100));
        assertThat(share.accounts()).isEqualTo(3);
        assertThat(share.isAtLeastOneIn(3)).isTrue();
        assertThat(share.isAtLeastOneIn(2)).isFalse();
    }

    @Test
    void findsNothingInAnEmptyTable() throws SQLException {
        assertThat(DueShare.read(planner, A_DAY_AGO, NOW)).isEqualTo(new DueShare(0, 0, 100));
    }

    @Test
    void estimatesALargeOneFromItsSample() {
        DueShare share = new DueShare(25_000, 100_000, 0.5);

        assertThat(share.accounts()).isEqualTo(5_000_000);
        assertThat(share.isAtLeastOneIn(4)).isTrue();
    }

    private void insert(Instant refreshAt, int accounts) throws SQLException {
        for (int i = 0; i < accounts; i++) {
            AccountFixture.user("user-" + ++users)
                    .periodEnd(refreshAt)
                    .refreshAt(refreshAt)
                    .insert(admin);
        }
    }
}
