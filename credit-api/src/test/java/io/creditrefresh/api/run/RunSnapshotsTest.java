package io.creditrefresh.api.run;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.ref.Reference;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** How old a snapshot may be, by real time that only this test moves. */
class RunSnapshotsTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final AtomicLong realNanos = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private LedgerDatabase database;
    private RunSnapshots snapshots;
    private volatile boolean away;
    private volatile Duration slow = Duration.ZERO;

    @BeforeEach
    void start() {
        database = LedgerDatabase.create();
        snapshots = new RunSnapshots(
                counted(database.as("credit_api")),
                InstantSource.fixed(NOON),
                new Switches(
                        new SmallRyeConfigBuilder()
                                .withMapping(RefreshSettings.class)
                                .build()
                                .getConfigMapping(RefreshSettings.class),
                        database.as("credit_api")),
                new SimpleMeterRegistry(),
                realNanos::get);
    }

    @Test
    void servesOneSnapshotToAllForFiveSeconds() throws Exception {
        assertThat(snapshots.current().today().pending()).isZero();
        insertPending();
        pass(Duration.ofMillis(4_999));

        assertThat(snapshots.current().today().pending()).isZero();
        assertThat(connections).hasValue(1);

        pass(Duration.ofMillis(1));
        assertThat(snapshots.current().today().pending()).isEqualTo(1);
        assertThat(connections).hasValue(2);
    }

    @Test
    void showsNoOldNumbersWhenTheDatabaseIsAway() throws Exception {
        snapshots.take();
        pass(Duration.ofSeconds(4));
        away = true;
        assertThat(snapshots.current().takenAt()).isEqualTo(NOON);

        pass(Duration.ofSeconds(1));
        assertThatThrownBy(snapshots::current).isInstanceOf(SQLException.class);

        away = false;
        pass(Duration.ofSeconds(1));
        assertThat(snapshots.current().takenAt()).isEqualTo(NOON);
    }

    @Test
    void areGaugesForAsLongAsTheyAreYoung() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RunMetrics gauges = new RunMetrics(snapshots, registry);
        insertPending();
        assertThat(accounts(registry, "pending")).isNaN();

        snapshots.take();

        assertThat(accounts(registry, "pending")).isEqualTo(1);
        assertThat(accounts(registry, "refreshed")).isZero();
        assertThat(registry.get("credit.refresh.planned").gauge().value()).isZero();
        pass(Duration.ofSeconds(5));
        assertThat(accounts(registry, "pending")).isNaN();
        Reference.reachabilityFence(gauges);
    }

    private static double accounts(MeterRegistry registry, String state) {
        return registry.get("credit.refresh.accounts")
                .tag("state", state)
                .gauge()
                .value();
    }

    @Test
    void asksADatabaseThatIsAwayOnceASecond() {
        away = true;
        for (int request = 0; request < 10; request++) {
            assertThatThrownBy(snapshots::current).isInstanceOf(SQLException.class);
        }
        assertThat(connections).hasValue(1);

        pass(Duration.ofSeconds(1));
        assertThatThrownBy(snapshots::current).isInstanceOf(SQLException.class);
        assertThat(connections).hasValue(2);
    }

    @Test
    void keepsServingASnapshotThatIsYoungEnoughWhenTheNextOneFails() throws Exception {
        snapshots.take();
        away = true;
        pass(Duration.ofSeconds(4));
        snapshots.take();

        assertThat(snapshots.current().takenAt()).isEqualTo(NOON);
    }

    @Test
    void servesOneThatTookLongToWhomWaitedForIt() throws Exception {
        slow = Duration.ofSeconds(6);

        assertThat(snapshots.current().takenAt()).isEqualTo(NOON);
        assertThat(connections).hasValue(1);
    }

    private void insertPending() throws SQLException {
        try (Connection connection = database.superuser()) {
            user("alice")
                    .periodEnd(NOON.minusSeconds(3_600))
                    .refreshAt(NOON.plusSeconds(60))
                    .insert(connection);
        }
    }

    private void pass(Duration time) {
        realNanos.addAndGet(time.toNanos());
    }

    private DataSource counted(DataSource there) {
        return new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                pass(slow);
                if (away) {
                    throw new SQLException("away", "08001");
                }
                return there.getConnection();
            }
        };
    }
}
