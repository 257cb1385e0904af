package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.WITHIN;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of events that happen before the end of a period, by whether they arrive before or after it. */
class BillingBoundaryTest {

    /** Before the end of the period, 2026-11-19 10:00. */
    private static final Instant BEFORE = WITHIN.plus(Duration.ofDays(2));

    private final BillingScene scene = new BillingScene();
    private final FakeSubscription subscription =
            FakeSubscription.annual("sub_1", "starter", ProviderStatus.ACTIVE, Instant.parse("2026-10-20T10:00:00Z"));

    @AfterEach
    void close() throws SQLException {
        scene.close();
    }

    private interface Story {
        void happen(BillingScene scene, FakeSubscription subscription) throws SQLException;
    }

    /** A user on starter with 2,000 of 5,000 left; a worker comes once everything has arrived, a day after the end. */
    static Stream<Arguments> stories() {
        return Stream.of(
                story(
                        "an upgrade that arrives in time",
                        (scene, starter) -> {
                            told(scene, BEFORE, starter.changedTo("pro", BEFORE));
                            worked(scene, DUE);
                        },
                        "UPGRADE 20000",
                        "pro active 22000 2026-12-03 12:00"),
                story(
                        "an upgrade that arrives late, and finds the refresh due",
                        (scene, starter) -> told(scene, DUE, starter.changedTo("pro", BEFORE)),
                        "REFRESH 5000, UPGRADE 20000",
                        "pro active 25000 2026-12-19 10:00"),
                story(
                        "an upgrade that arrives after the refresh",
                        (scene, starter) -> {
                            Snapshot upgrade = starter.changedTo("pro", BEFORE);
                            worked(scene, DUE);
                            told(scene, DUE.plusSeconds(60), upgrade);
                        },
                        "REFRESH 5000, UPGRADE 20000",
                        "pro active 25000 2026-12-19 10:00"),
                story(
                        "a downgrade that arrives in time",
                        (scene, starter) -> {
                            told(scene, BEFORE, starter.changedTo("free", BEFORE));
                            worked(scene, DUE);
                        },
                        "REFRESH 1000",
                        "free active 1000 2026-12-19 10:00"),
                story(
                        "a downgrade that arrives late, and finds the refresh due",
                        (scene, starter) -> told(scene, DUE, starter.changedTo("free", BEFORE)),
                        "REFRESH 5000",
                        "free active 5000 2026-12-19 10:00"),
                story(
                        "a cancellation that arrives in time",
                        (scene, starter) -> {
                            told(scene, BEFORE, starter.deleted(BEFORE));
                            worked(scene, DUE);
                        },
                        "REFRESH 1000",
                        "starter cancelled 1000 2026-12-19 10:00"),
                story(
                        "a cancellation that arrives late, and finds the refresh due",
                        (scene, starter) -> told(scene, DUE, starter.deleted(BEFORE)),
                        "REFRESH 1000",
                        "starter cancelled 1000 2026-12-19 10:00"),
                story(
                        "a cancellation that arrives after the refresh",
                        (scene, starter) -> {
                            worked(scene, DUE);
                            told(scene, DUE.plusSeconds(60), starter.deleted(BEFORE));
                        },
                        "REFRESH 5000",
                        "starter cancelled 5000 2026-12-19 10:00"),
                story(
                        "a missed payment that arrives late, and one that is made up for",
                        (scene, starter) -> {
                            told(scene, DUE, starter.changedTo(ProviderStatus.PAST_DUE, BEFORE));
                            worked(scene, DUE.plusSeconds(60));
                            told(scene, DUE.plusSeconds(3_600), starter.changedTo(ProviderStatus.ACTIVE, DUE));
                        },
                        "REFRESH 5000",
                        "starter active 5000 2026-12-19 10:00"),
                story(
                        "a paid invoice before the end, and again after it, then a worker",
                        (scene, starter) -> {
                            scene.ledger.now = BEFORE;
                            scene.paid("bob");
                            scene.ledger.now = DUE;
                            scene.paid("bob");
                            scene.paid("bob");
                            worked(scene, DUE);
                        },
                        "REFRESH 5000",
                        "starter active 5000 2026-12-19 10:00"),
                story(
                        "an upgrade and its end, the end arriving first and in time, the upgrade after the refresh",
                        (scene, starter) -> {
                            Snapshot upgrade = starter.changedTo("pro", BEFORE);
                            told(scene, BEFORE.plusSeconds(60), starter.deleted(BEFORE.plusSeconds(50)));
                            worked(scene, DUE);
                            told(scene, DUE.plusSeconds(60), upgrade);
                        },
                        "REFRESH 1000, UPGRADE 20000",
                        "pro cancelled 21000 2026-12-19 10:00"));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void ends(Story story, String granted, String end) throws SQLException {
        scene.ledger.open(user("bob").plan("starter").holding(5_000, 0));
        scene.ledger.database.execute("UPDATE credit_account SET allowance = 2000");
        told(scene, WITHIN, subscription.created());

        story.happen(scene, subscription);

        assertThat(scene.ledger.database.query("SELECT coalesce(string_agg(type || ' ' || granted, ', ' ORDER BY seq),"
                        + " '') FROM ledger_entry WHERE granted > 0 AND type <> 'IMPORT'"))
                .isEqualTo(granted);
        assertThat(scene.end("bob")).isEqualTo(end);
    }

    private static Arguments story(String name, Story story, String granted, String end) {
        return Arguments.of(Named.of(name, story), granted, end);
    }

    private static void told(BillingScene scene, Instant now, Snapshot snapshot) throws SQLException {
        scene.ledger.now = now;
        scene.told("bob", snapshot);
    }

    private static void worked(BillingScene scene, Instant now) throws SQLException {
        scene.ledger.now = now;
        scene.worked("bob");
    }
}
