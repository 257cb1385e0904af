package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.FindingType;
import io.creditrefresh.ledger.audit.MirrorAudit;
import io.creditrefresh.ledger.audit.Verification;
import io.creditrefresh.ledger.command.Spending.Spent;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Mirroring;
import io.creditrefresh.ledger.rollout.RolloutDay;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.store.PlainSpendStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** At 2026-11-01T12:00Z, unless a test says otherwise. */
class MirrorAuditTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);
    private static final EntriesOnly RESULT = new EntriesOnly();

    private final CommandLedger ledger = new CommandLedger();
    private final RolloutScene scene = new RolloutScene(ledger);
    private final Refunds refunds = new Refunds(ledger.access);

    @Test
    void showsWhatSpendsTookInEachViewBesideWhatWasMirrored() throws SQLException {
        ledger.open(user("in").holding(1_000, 0));
        ledger.open(user("out").holding(1_000, 0));
        scene.begin(0);
        scene.override("in", Optional.of(true));

        scene.spend("in", "k1", CreditKind.ANALYSIS, 30);
        scene.spend("in", "k2", CreditKind.ROAST, 4);
        scene.spend("out", "k1", CreditKind.ANALYSIS, 20);
        scene.spend("out", "k2", CreditKind.CREDITS, 500);

        RolloutDay day = today();
        assertThat(day.of(View.V1)).isEqualTo(new Mirroring(1, 20, 0, 20, 0, 0, 0));
        assertThat(day.of(View.V2)).isEqualTo(new Mirroring(2, 34, 0, 34, 0, 0, 0));
        assertThat(day.variance()).isZero();
    }

    @Test
    void showsWhatAnEmptyAllowanceDidNotGiveApartAndNotAsVariance() throws SQLException {
        ledger.open(user("out").holding(1_000, 0));
        scene.begin(0);

        scene.spend("out", "k", CreditKind.ROAST, 25);

        assertThat(today().of(View.V1)).isEqualTo(new Mirroring(1, 25, 0, 10, 15, 0, 0));
        assertThat(today().variance()).isZero();
    }

    @Test
    void countsWholeUnitsOfAnAllowanceAndNoBonus() throws SQLException {
        prices(10, 100);
        ledger.open(user("out").holding(145, 200));
        ledger.open(user("in").holding(1_000, 3_000));
        scene.begin(0);
        scene.override("in", Optional.of(true));

        value(scene.spending.spend(order("out", "k", Map.of(CreditKind.ANALYSIS, 3L, CreditKind.ROAST, 2L), 32)));
        scene.spend("in", "k", CreditKind.ROAST, 14);

        // 145 = 3 units of 10, one of 100, and 15 that are no unit of 100; the other 85 are bonus.
        assertThat(today().byMirror())
                .containsEntry(CreditKind.ANALYSIS, new Mirroring(1, 30, 0, 30, 0, 0, 0))
                .containsEntry(CreditKind.ROAST, new Mirroring(1, 115, 15, 100, 0, 0, 0))
                .containsEntry(CreditKind.CREDITS, new Mirroring(1, 1_000, 0, 1_000, 0, 0, 0));
        assertThat(today().variance()).isZero();
    }

    @Test
    void showsRefundsOfBothSidesApart() throws SQLException {
        prices(10, 100);
        ledger.open(user("out").holding(1_000, 0));
        ledger.open(user("in").holding(1_000, 0));
        scene.begin(0);
        scene.override("in", Optional.of(true));
        scene.spend("out", "k", CreditKind.ROAST, 2);
        scene.spend("out", "refund:k", CreditKind.CREDITS, 50);
        scene.spend("out", "pool", CreditKind.CREDITS, 50);
        scene.spend("in", "k", CreditKind.ANALYSIS, 3);

        refunds.refund(by("out"), "k", RESULT);
        refunds.refund(by("out"), "pool", RESULT);
        refunds.refund(by("in"), "k", RESULT);

        assertThat(today().of(View.V1)).isEqualTo(new Mirroring(1, 200, 0, 200, 0, 200, 200));
        assertThat(today().of(View.V2)).isEqualTo(new Mirroring(1, 30, 0, 30, 0, 30, 30));
    }

    @Test
    void comparesByTheUtcDayAndOnlyWhileTheRolloutIsOpen() throws SQLException {
        ledger.open(user("out").holding(1_000, 0));
        scene.spend("out", "before", CreditKind.ANALYSIS, 1);
        assertThat(days(TODAY.minusDays(40), TODAY.plusDays(40))).isEmpty();
        scene.begin(0);
        scene.spend("out", "k1", CreditKind.ANALYSIS, 2);
        ledger.now = TODAY.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        scene.spend("out", "k2", CreditKind.ANALYSIS, 4);
        ledger.now = ledger.now.plusSeconds(60);
        scene.change(Optional.of(true), Optional.empty(), true);
        scene.spend("out", "after", CreditKind.ANALYSIS, 8);

        List<RolloutDay> days = days(TODAY, TODAY.plusDays(2));

        assertThat(days).extracting(RolloutDay::date).containsExactly(TODAY, TODAY.plusDays(1));
        assertThat(days).extracting(RolloutDay::expected).containsExactly(2L, 4L);
        assertThat(days).extracting(RolloutDay::variance).containsOnly(0L);
        assertThat(days(TODAY, TODAY.plusDays(1))).hasSize(1);
    }

    @Test
    void findsMirrorsThatAreMissingAndDoesNotSetOneViewOffAgainstTheOther() throws SQLException {
        ledger.open(user("in").holding(1_000, 0));
        ledger.open(user("out").holding(1_000, 0));
        scene.begin(0);
        scene.override("in", Optional.of(true));
        scene.spend("in", "k", CreditKind.ANALYSIS, 60);
        scene.spend("out", "k", CreditKind.ANALYSIS, 30);
        assertThat(findings()).isEmpty();

        spendWithoutMirror("in", CreditKind.ANALYSIS, 4, Map.of());
        assertThat(today().variance()).isEqualTo(4);
        assertThat(findings()).isEmpty();
        spendWithoutMirror("out", CreditKind.CREDITS, 6, Map.of("units", Map.of("analysis", 6)));

        assertThat(today().variance()).isEqualTo(10);
        assertThat(today().variance(View.V1)).isEqualTo(6);
        assertThat(findings()).containsExactly("2026-11-01: the views differ in 10 of 100 credits (10.0 %)");
        ledger.now = ledger.now.plus(Duration.ofDays(8));
        assertThat(findings()).isEmpty();
    }

    @Test
    void hasNoVarianceWhateverIsSpentAndGivenBack() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        prices(1 + random.nextInt(7), 1 + random.nextInt(30));
        for (int i = 0; i < 4; i++) {
            ledger.open(user("user-" + i).holding(random.nextInt(400), random.nextInt(200)));
        }
        scene.begin(50);
        List<String> spent = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            String userId = "user-" + random.nextInt(4);
            switch (random.nextInt(8)) {
                case 0 -> scene.override(userId, Optional.of(random.nextBoolean()));
                case 1 -> value(scene.to(random.nextInt(101)));
                case 2 -> {
                    if (!spent.isEmpty()) {
                        String[] spend = spent.get(random.nextInt(spent.size())).split(" ");
                        refunds.refund(by(spend[0]), spend[1], RESULT);
                    }
                }
                default -> {
                    if (scene.spending.spend(order(userId, "k" + i, amounts(random), i))
                                    instanceof Outcome.Done<Spending.SpendResult> done
                            && done.value() instanceof Spent) {
                        spent.add(userId + " k" + i);
                    }
                }
            }
        }

        RolloutDay day = today();

        assertThat(day.byMirror().values()).as("-Dseed=%d", seed).allMatch(each -> each.missing() == 0);
        assertThat(day.expected()).as("-Dseed=%d", seed).isPositive();
        assertThat(day.of(View.V1).mirrored() + day.of(View.V2).mirrored())
                .as("-Dseed=%d", seed)
                .isEqualTo(
                        ledger.database.count("SELECT sum(-amount * CASE kind WHEN 'analysis' THEN analysis_price WHEN"
                                + " 'roast' THEN roast_price ELSE 1 END) FROM ledger_entry e JOIN credit_account a"
                                + " ON a.id = e.account_id CROSS JOIN rollout WHERE type = 'MIRROR'"));
    }

    private static Map<CreditKind, Long> amounts(Random random) {
        Map<CreditKind, Long> amounts = new EnumMap<>(CreditKind.class);
        amounts.put(CreditKind.values()[random.nextInt(3)], 1L + random.nextInt(9));
        if (random.nextBoolean()) {
            amounts.put(CreditKind.values()[random.nextInt(3)], 1L + random.nextInt(9));
        }
        return amounts;
    }

    /** As a service would that knows nothing of mirrors. */
    private void spendWithoutMirror(String userId, CreditKind kind, long amount, Map<String, @Nullable Object> details)
            throws SQLException {
        SpendOrder order =
                new SpendOrder(userId, Map.of(kind, amount), "service:old", details, request("old-" + userId, 1));
        try (Connection connection = ledger.api.getConnection()) {
            PlainSpend plain =
                    new PlainSpend(order, kind, amount, scene.rollouts.read().revision());
            assertThat(PlainSpendStore.spend(connection, List.of(plain), true, ledger.now)
                            .get(0))
                    .isPresent();
        }
    }

    private static SpendOrder order(String userId, String key, Map<CreditKind, Long> amounts, int body) {
        return new SpendOrder(userId, amounts, "service:shop", Map.of(), request(key, body));
    }

    private void prices(int analysis, int roast) {
        ledger.database.execute("UPDATE rollout SET analysis_price = " + analysis + ", roast_price = " + roast);
    }

    private RolloutDay today() throws SQLException {
        return days(TODAY, TODAY.plusDays(1)).get(0);
    }

    private List<RolloutDay> days(LocalDate from, LocalDate to) throws SQLException {
        try (Connection connection = ledger.api.getConnection()) {
            return MirrorAudit.days(connection, from, to);
        }
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = ledger.database.as("credit_operator").getConnection()) {
            Verification.Report report = Verification.run(connection, ledger.now, Duration.ofHours(1), false);
            assertThat(report.findings())
                    .extracting(Verification.Finding::type)
                    .allMatch(FindingType.V2_VARIANCE::equals);
            return report.findings().stream().map(Verification.Finding::detail).toList();
        }
    }
}
