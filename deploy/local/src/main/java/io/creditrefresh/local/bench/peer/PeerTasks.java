package io.creditrefresh.local.bench.peer;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The peer's own table, as its documentation has it for Postgres but for the index on a priority that nobody uses. */
final class PeerTasks {

    static final String NAME = "refresh";

    private static final String CREATE = """
            CREATE TABLE scheduled_tasks (
                task_name            text        NOT NULL,
                task_instance        text        NOT NULL,
                task_data            bytea,
                execution_time       timestamptz NOT NULL,
                picked               boolean     NOT NULL,
                picked_by            text,
                last_success         timestamptz,
                last_failure         timestamptz,
                consecutive_failures integer,
                last_heartbeat       timestamptz,
                version              bigint      NOT NULL,
                priority             smallint,
                PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)
            """;

    private static final String INSERT = """
            INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            SELECT '%s', id::text, refresh_at, false, 1
            FROM credit_account
            WHERE refresh_at >= ?
                AND refresh_at < ?
            ORDER BY phase, id
            LIMIT ?
            """.formatted(NAME);

    private PeerTasks() {}

    static void createTable(Connection connection) throws SQLException {
        try (var create = connection.createStatement()) {
            create.execute(CREATE);
        }
    }

    /** Adds a task for each of so many accounts that were due on a day, in the order of the schedule. */
    static void insert(Connection connection, LocalDate day, int limit) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            var start = day.atStartOfDay().atOffset(ZoneOffset.UTC);
            insert.setObject(1, start);
            insert.setObject(2, start.plusDays(1));
            insert.setInt(3, limit);
            insert.executeUpdate();
        }
    }
}
