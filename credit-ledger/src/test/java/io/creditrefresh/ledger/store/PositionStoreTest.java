package io.creditrefresh.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.schedule.BacklogPosition;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PositionStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:30Z");
    private static final long NOW_MINUTE = Phase.epochMinute(NOW);
    private static final Watermark FIRST = Watermark.endOf(NOW_MINUTE - 10);

    private final LedgerDatabase database = LedgerDatabase.create();
    private Connection planner;

    @BeforeEach
    void connect() throws SQLException {
        planner = database.as("credit_planner").getConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        planner.close();
    }

    @Test
    void startsBeforeTheOldestAccountWhoseMinuteHasCome() throws SQLException {
        insert("new", NOW.plus(Duration.ofDays(3)));
        insert("older", Instant.parse("2026-11-18T09:10:00Z"));
        insert("old", Instant.parse("2026-11-19T09:10:00Z"));

        assertThat(PositionStore.first(planner, NOW))
                .isEqualTo(Watermark.endOf(Phase.epochMinute(Instant.parse("2026-11-18T09:09:00Z"))));
    }

    @Test
    void startsBeforeNowWhenNothingIsDue() throws SQLException {
        insert("new", NOW.plusSeconds(30));

        assertThat(PositionStore.first(planner, NOW)).isEqualTo(Watermark.endOf(NOW_MINUTE - 1));
    }

    @Test
    void keepsTheFirstPositionOfTwo() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);
        PositionStore.begin(planner, Watermark.endOf(5), NOW.plusSeconds(60));

        assertThat(PositionStore.read(planner))
                .hasValue(new PlannerPosition(
                        FIRST, Optional.empty(), NOW_MINUTE - 10, NOW, OptionalLong.empty(), Optional.empty()));
    }

    @Test
    void hasNoPositionBeforeTheFirstTick() throws SQLException {
        assertThat(PositionStore.read(planner)).isEmpty();
    }

    @Test
    void movesTheWatermarkForOneOfTwoPlanners() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);
        Watermark next = new Watermark(NOW_MINUTE - 9, 17);

        assertThat(PositionStore.move(planner, FIRST, next)).isTrue();
        assertThat(PositionStore.move(planner, FIRST, Watermark.endOf(NOW_MINUTE)))
                .isFalse();
        assertThat(PositionStore.move(planner, Watermark.endOf(NOW_MINUTE - 9), Watermark.endOf(NOW_MINUTE)))
                .isFalse();

        assertThat(watermark()).isEqualTo(next);
    }

    @Test
    void setsEverythingThatLiesInTheFutureBack() throws SQLException {
        Instant future = NOW.plus(Duration.ofDays(5));
        PositionStore.begin(planner, Watermark.endOf(Phase.epochMinute(future)), future);
        PositionStore.settle(planner, future, future.plusSeconds(600));
        PositionStore.completeFullSweep(planner, future);

        assertThat(PositionStore.setBack(planner, watermark(), NOW)).isTrue();

        assertThat(PositionStore.read(planner))
                .hasValue(new PlannerPosition(
                        Watermark.endOf(NOW_MINUTE),
                        Optional.empty(),
                        NOW_MINUTE,
                        NOW,
                        OptionalLong.of(NOW_MINUTE),
                        Optional.empty()));
    }

    @Test
    void keepsWhatLiesInThePastWhenItSetsBack() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW.minusSeconds(900));
        PositionStore.settle(planner, NOW.minusSeconds(900), NOW.minusSeconds(300));
        PositionStore.completeFullSweep(planner, NOW.minusSeconds(200));
        Watermark ahead = Watermark.endOf(NOW_MINUTE + 7);
        PositionStore.move(planner, FIRST, ahead);

        assertThat(PositionStore.setBack(planner, ahead, NOW)).isTrue();

        assertThat(PositionStore.read(planner))
                .hasValue(new PlannerPosition(
                        Watermark.endOf(NOW_MINUTE),
                        Optional.empty(),
                        NOW_MINUTE - 10,
                        NOW.minusSeconds(300),
                        OptionalLong.of(NOW_MINUTE - 10),
                        Optional.of(NOW.minusSeconds(200))));
    }

    @Test
    void doesNotSetBackWhatAnotherPlannerHasMoved() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);

        assertThat(PositionStore.setBack(planner, Watermark.endOf(NOW_MINUTE + 7), NOW))
                .isFalse();
        assertThat(watermark()).isEqualTo(FIRST);
    }

    @Test
    void settlesWhatWasMarkedAndMarksWhatIsWhole() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);
        PositionStore.move(planner, FIRST, new Watermark(NOW_MINUTE + 3, 17));

        assertThat(PositionStore.settle(planner, NOW, NOW.plusSeconds(600))).isTrue();

        PlannerPosition position = PositionStore.read(planner).orElseThrow();
        assertThat(position.settledMinute()).hasValue(NOW_MINUTE - 10);
        assertThat(position.markedMinute()).isEqualTo(NOW_MINUTE + 2);
        assertThat(position.markedAt()).isEqualTo(NOW.plusSeconds(600));
    }

    @Test
    void settlesForOneOfTwoPlanners() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);

        assertThat(PositionStore.settle(planner, NOW, NOW.plusSeconds(600))).isTrue();
        assertThat(PositionStore.settle(planner, NOW, NOW.plusSeconds(601))).isFalse();
    }

    @Test
    void letsOneOfTwoPlannersBeginABacklog() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);

        assertThat(PositionStore.beginBacklog(planner, FIRST, BacklogPosition.beginningUpTo(NOW_MINUTE)))
                .isTrue();
        assertThat(PositionStore.beginBacklog(planner, FIRST, BacklogPosition.beginningUpTo(NOW_MINUTE - 1)))
                .isFalse();
        assertThat(PositionStore.read(planner).orElseThrow().backlog()).hasValue(new BacklogPosition(NOW_MINUTE, 0));
    }

    @Test
    void doesNotBeginABacklogWhenTheWatermarkHasMoved() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);

        assertThat(PositionStore.beginBacklog(planner, Watermark.endOf(5), BacklogPosition.beginningUpTo(NOW_MINUTE)))
                .isFalse();
    }

    @Test
    void movesNoWatermarkWhileABacklogIsUnderWay() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);
        PositionStore.beginBacklog(planner, FIRST, BacklogPosition.beginningUpTo(NOW_MINUTE));

        assertThat(PositionStore.move(planner, FIRST, Watermark.endOf(NOW_MINUTE)))
                .isFalse();
    }

    @Test
    void movesABacklogForOneOfTwoPlanners() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);
        BacklogPosition begun = BacklogPosition.beginningUpTo(NOW_MINUTE);
        PositionStore.beginBacklog(planner, FIRST, begun);

        assertThat(PositionStore.advance(planner, begun, begun.reached(500))).isTrue();
        assertThat(PositionStore.advance(planner, begun, begun.reached(700))).isFalse();
        assertThat(PositionStore.endBacklog(planner, begun)).isFalse();
        assertThat(PositionStore.read(planner).orElseThrow().backlog()).hasValue(begun.reached(500));
    }

    @Test
    void coversABacklogOfWhichAllIsEmitted() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);
        BacklogPosition backlog = BacklogPosition.beginningUpTo(NOW_MINUTE - 2);
        PositionStore.beginBacklog(planner, FIRST, backlog);

        assertThat(PositionStore.endBacklog(planner, backlog)).isTrue();

        PlannerPosition position = PositionStore.read(planner).orElseThrow();
        assertThat(position.watermark()).isEqualTo(Watermark.endOf(NOW_MINUTE - 2));
        assertThat(position.backlog()).isEmpty();
    }

    @Test
    void doesNotTakeTheWatermarkBackWhenABacklogEnds() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW);
        BacklogPosition backlog = BacklogPosition.beginningUpTo(NOW_MINUTE - 2);
        PositionStore.beginBacklog(planner, FIRST, backlog);
        database.execute(
                "UPDATE planner_position SET watermark_minute = " + NOW_MINUTE + ", watermark_account_id = 17");

        PositionStore.endBacklog(planner, backlog);

        assertThat(watermark()).isEqualTo(new Watermark(NOW_MINUTE, 17));
    }

    @Test
    void takesABacklogThatLiesInTheFutureBackToNow() throws SQLException {
        PositionStore.begin(planner, FIRST, NOW.minusSeconds(600));
        BacklogPosition ahead = BacklogPosition.beginningUpTo(NOW_MINUTE + 9);
        PositionStore.beginBacklog(planner, FIRST, ahead);
        PositionStore.advance(planner, ahead, ahead.reached(500));

        assertThat(PositionStore.setBack(planner, FIRST, NOW)).isTrue();

        PlannerPosition position = PositionStore.read(planner).orElseThrow();
        assertThat(position.watermark()).isEqualTo(FIRST);
        assertThat(position.backlog()).hasValue(new BacklogPosition(NOW_MINUTE, 500));
    }

    private Watermark watermark() throws SQLException {
        return PositionStore.read(planner).orElseThrow().watermark();
    }

    private void insert(String userId, Instant refreshAt) throws SQLException {
        try (Connection admin = database.superuser()) {
            AccountFixture.user(userId)
                    .periodEnd(refreshAt.minusSeconds(1))
                    .refreshAt(refreshAt)
                    .insert(admin);
        }
    }
}
