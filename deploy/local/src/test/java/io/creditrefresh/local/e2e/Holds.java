package io.creditrefresh.local.e2e;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import io.creditrefresh.local.day.SimulatedDay;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts accounts on hold and releases them again while the day goes by, and leaves some unpaid. All of them have their
 * slot late in the day, hours after the last release, so that whoever is released is still refreshed on this day.
 */
final class Holds {

    private static final Instant LAST_CHANGE =
            SimulatedDay.startOf(Pipeline.DAY).plus(Duration.ofHours(17));
    private static final int FIRST_SLOT = 21 * 60;
    private static final int LAST_SLOT = 23 * 60 + 29;
    private static final int AT_A_TIME = 4;
    private static final int MOST_HELD = 60;
    private static final int UNPAID = 10;

    private static final String OFF_SCHEDULE = "refresh_at = NULL, phase = NULL";

    private final Pipeline pipeline;
    private final InstantSource clock;
    private final Deque<Candidate> free = new ArrayDeque<>();
    private final Deque<Candidate> held = new ArrayDeque<>();
    private boolean isRising = true;
    private int released;

    private record Candidate(long accountId, Slot slot, Instant periodEnd) {}

    Holds(Pipeline pipeline, InstantSource clock) throws SQLException {
        this.pipeline = pipeline;
        this.clock = clock;
        findCandidates();
        for (int i = 0; i < UNPAID; i++) {
            pipeline.change(
                    "id = " + free.remove().accountId,
                    "billing_state = 'past_due', " + OFF_SCHEDULE,
                    "billing_state = 'past_due'");
        }
    }

    /** Holds a few more until there are many, then releases a few until there are none; nothing late in the day. */
    void change() throws SQLException {
        for (int i = 0; i < AT_A_TIME; i++) {
            Instant now = clock.instant();
            if (!now.isBefore(LAST_CHANGE)) {
                return;
            }
            if (isRising) {
                hold(free.remove());
            } else {
                release(held.remove(), now);
            }
            isRising = isRising ? held.size() < MOST_HELD : held.isEmpty();
        }
    }

    /** How often an account was released. */
    int released() {
        return released;
    }

    private void hold(Candidate candidate) throws SQLException {
        pipeline.change("id = " + candidate.accountId, OFF_SCHEDULE, "refresh_hold = true");
        held.add(candidate);
    }

    private void release(Candidate candidate, Instant now) throws SQLException {
        Instant refreshAt = candidate.slot.refreshAt(candidate.periodEnd, now);
        pipeline.change(
                "id = " + candidate.accountId,
                "refresh_at = '%s', phase = %d".formatted(refreshAt, Phase.of(refreshAt)),
                "refresh_hold = false");
        free.add(candidate);
        released++;
    }

    private void findCandidates() throws SQLException {
        try (Connection connection = pipeline.stack().connect(PostgresServer.SUPERUSER);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        SELECT a.id, s.user_id, date_part('epoch', a.period_end)::bigint
                        FROM credit_account a
                        JOIN subscriber s ON s.id = a.subscriber_id
                        WHERE a.phase %% 1440 BETWEEN %d AND %d
                        ORDER BY a.id
                        """.formatted(FIRST_SLOT, LAST_SLOT))) {
            while (rows.next()) {
                free.add(new Candidate(
                        rows.getLong(1), Slot.of(rows.getString(2)), Instant.ofEpochSecond(rows.getLong(3))));
            }
        }
    }
}
