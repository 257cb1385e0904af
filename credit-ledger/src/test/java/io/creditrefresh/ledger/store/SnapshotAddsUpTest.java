package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.run.RunNumbers;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An account of a run is counted once, wherever it stands and whatever happens to it meanwhile. */
class SnapshotAddsUpTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");
    private static final int ACCOUNTS = 300;

    private final LedgerDatabase database = LedgerDatabase.create();
    private final List<Long> accounts = new ArrayList<>();
    private Connection api;
    private WorkFixture work;

    /** Somebody who commits something before a statement of the snapshot is sent. */
    private interface Meanwhile {

        void commit() throws SQLException;
    }

    @BeforeEach
    void schedule() throws SQLException {
        api = database.as("credit_api").getConnection();
        work = new WorkFixture(database);
        try (Connection admin = database.superuser()) {
            for (int i = 0; i < ACCOUNTS; i++) {
                Instant refreshAt = MIDNIGHT.plusSeconds(60L * (i * 1_439 / (ACCOUNTS - 1)));
                accounts.add(AccountFixture.user("user-" + i)
                        .periodEnd(refreshAt)
                        .refreshAt(refreshAt)
                        .insert(admin));
            }
            RunStore.open(admin, TODAY, MIDNIGHT);
            PositionStore.begin(admin, Watermark.endOf(Phase.epochMinute(NOW)), NOW);
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        work.close();
        api.close();
    }

    @Test
    void movesAccountsFromNumberToNumber() throws SQLException {
        assertThat(numbers()).isEqualTo(expected(0, 0, 0, 300, 150, 0));

        work.refresh(accounts.subList(0, 100), NOW);
        assertThat(numbers()).isEqualTo(expected(100, 0, 0, 200, 50, 0));

        work.fail(accounts.get(100), 1, NOW);
        work.fail(accounts.get(101), 1, NOW);
        assertThat(numbers()).isEqualTo(expected(100, 2, 0, 198, 48, 0));

        for (int attempt = 2; attempt <= 4; attempt++) {
            work.fail(accounts.get(101), attempt, NOW);
        }
        assertThat(numbers()).isEqualTo(expected(100, 1, 1, 198, 48, 0));

        for (int held : new int[] {100, 102, 200, 299}) {
            work.hold(accounts.get(held));
        }
        assertThat(numbers()).isEqualTo(expected(100, 0, 1, 195, 47, 4));

        work.release(accounts.get(200), NOW);
        work.release(accounts.get(299), NOW);
        assertThat(numbers()).isEqualTo(expected(100, 0, 1, 197, 47, 2));

        work.refresh(List.of(accounts.get(101), accounts.get(103)), NOW);
        assertThat(numbers()).isEqualTo(expected(102, 0, 0, 196, 46, 2));
    }

    @Test
    void addsUpWhileRefreshesAreCommittedBetweenItsStatements() throws SQLException {
        Instant endOfDay = MIDNIGHT.plusSeconds(86_399);
        List<Long> open = new ArrayList<>(accounts);
        List<RunNumbers> samples = new ArrayList<>();

        while (!open.isEmpty()) {
            Connection connection = meanwhile(() -> {
                List<Long> batch = open.subList(0, Math.min(3, open.size()));
                if (!batch.isEmpty()) {
                    work.refresh(batch, endOfDay);
                    batch.clear();
                }
            });
            samples.add(SnapshotStore.read(connection, endOfDay, true).today());
        }

        assertThat(samples)
                .hasSizeGreaterThan(5)
                .extracting(RunNumbers::expected)
                .containsOnly((long) ACCOUNTS);
        assertThat(SnapshotStore.read(api, endOfDay, true).today().refreshed()).isEqualTo(ACCOUNTS);
    }

    @Test
    void addsUpWhileAccountsFailAndAreHeldAndReleasedBetweenItsStatements() throws SQLException {
        List<Long> toFail = new ArrayList<>(accounts.subList(0, 100));
        List<Long> toHold = new ArrayList<>(accounts.subList(200, 300));
        List<Long> held = new ArrayList<>();
        List<RunNumbers> samples = new ArrayList<>();

        while (!toFail.isEmpty() || !toHold.isEmpty() || !held.isEmpty()) {
            Connection connection = meanwhile(() -> {
                if (!toFail.isEmpty()) {
                    work.fail(toFail.remove(0), 1, NOW);
                }
                if (held.size() > 5 || toHold.isEmpty() && !held.isEmpty()) {
                    work.release(held.remove(0), NOW);
                } else if (!toHold.isEmpty()) {
                    work.hold(toHold.get(0));
                    held.add(toHold.remove(0));
                }
            });
            samples.add(SnapshotStore.read(connection, NOW, true).today());
        }

        assertThat(samples)
                .hasSizeGreaterThan(5)
                .extracting(RunNumbers::expected)
                .containsOnly((long) ACCOUNTS);
        assertThat(numbers()).isEqualTo(expected(0, 100, 0, 200, 50, 0));
    }

    private RunNumbers numbers() throws SQLException {
        RunNumbers numbers = SnapshotStore.read(api, NOW, true).today();
        assertThat(numbers.expected()).isEqualTo(ACCOUNTS);
        return numbers;
    }

    private static RunNumbers expected(
            long refreshed, long retrying, long failed, long pending, long inFlight, long held) {
        return new RunNumbers(TODAY, OptionalLong.of(ACCOUNTS), refreshed, retrying, failed, pending, inFlight, held);
    }

    /** The API's connection; each time a statement is made on it, something is committed on another one first. */
    private Connection meanwhile(Meanwhile other) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        other.commit();
                    }
                    try {
                        return method.invoke(api, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
