package io.creditrefresh.local.bench.round;

import static io.creditrefresh.local.bench.round.DueDatabase.DAY;
import static io.creditrefresh.local.bench.round.DueDatabase.DUE;
import static io.creditrefresh.local.bench.round.DueDatabase.DUE_NEXT_DAY;
import static io.creditrefresh.local.bench.round.DueDatabase.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StateCheckTest {

    private static final Scene SCENE = new Scene("state_check", DUE, DUE_NEXT_DAY, DAY);

    private static DueDatabase database;

    private final StateCheck state = new StateCheck();

    @BeforeAll
    static void fillADatabase() throws SQLException {
        database = new DueDatabase(SCENE.template());
    }

    @Test
    void findsNothingWhenTwoRoundsLeaveTheSame() throws SQLException {
        for (String what : new String[] {"first", "second"}) {
            try (var connection = refreshed("state_check_" + what)) {
                state.check(connection, what, SCENE, writing(2 * DUE));
            }
        }

        assertThat(state.problems()).isEmpty();
    }

    @Test
    void tellsARoundThatLeavesAnotherState() throws SQLException {
        try (var connection = refreshed("state_check_all")) {
            state.check(connection, "all", SCENE, writing(2 * DUE));
        }
        try (var connection = database.copy("state_check_part")) {
            PlainStatement.run(connection, DAY, NOW);
            state.check(connection, "part", SCENE, writing(2 * DUE));
        }

        assertThat(state.problems())
                .singleElement()
                .asString()
                .startsWith("part: another state than the first round left: ");
    }

    @Test
    void doesNotCompareRoundsOfDifferentScenes() throws SQLException {
        try (var connection = refreshed("state_check_one_scene")) {
            state.check(connection, "one", SCENE, writing(2 * DUE));
        }
        try (var connection = database.copy("state_check_other_scene")) {
            state.check(connection, "other", new Scene("other", DUE, DUE_NEXT_DAY, DAY), writing(2 * DUE));
        }

        assertThat(state.problems()).isEmpty();
    }

    @Test
    void showsTheFirstFindingsOfTheAuditAndHowManyThereAre() throws SQLException {
        try (var connection = refreshed("state_check_unsound");
                var spoil = connection.createStatement()) {
            spoil.execute("UPDATE credit_account SET bonus = bonus + 1 WHERE id <= 7");
            state.checkLedger(connection, "peer");
        }

        assertThat(state.problems())
                .hasSize(6)
                .allMatch(problem -> problem.startsWith("peer: "))
                .endsWith("peer: 7 findings in all");
    }

    @Test
    void countsRowsPerRefresh() throws SQLException {
        try (var connection = refreshed("state_check_rows")) {
            state.check(connection, "few", SCENE, writing(2 * DUE + 100));
            state.check(connection, "many", SCENE, writing(3 * DUE));
        }

        assertThat(state.problems()).containsExactly("many: 3.000 rows written per refresh");
    }

    private static Connection refreshed(String name) throws SQLException {
        var connection = database.copy(name);
        PlainStatement.run(connection, DAY, NOW);
        PlainStatement.run(connection, DAY.plusDays(1), NOW);
        return connection;
    }

    private static Round writing(int rows) {
        return new Round(DUE, Duration.ofSeconds(1), Map.of(), Map.of(), new Written(1, rows, DUE, DUE), Map.of());
    }
}
