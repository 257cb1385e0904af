package io.creditrefresh.ledger.trail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BonusTrailTest {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    private final List<EntryLine> newestFirst = List.of(
            line(4, "ADJUST", -50, 4_950, -50L),
            line(3, "CONSUME", -300, 5_000, -100L),
            line(2, "UPGRADE", 4_300, 5_300, 900L),
            line(1, "PROVISION", 1_000, 1_000, 0L));

    @Test
    void tellsWhatEachEntryLeft() {
        List<BonusTrail.Step> steps = BonusTrail.of(sum(750, 750, false), 750, newestFirst);

        assertThat(steps).extracting(BonusTrail.Step::bonus).containsExactly(750L, 800L, 900L, 0L);
        assertThat(steps).extracting(BonusTrail.Step::allowance).containsExactly(4_200L, 4_200L, 4_400L, 1_000L);
        assertThat(steps).extracting(BonusTrail.Step::allowanceChange).containsExactly(0L, -200L, 3_400L, 1_000L);
        assertThat(steps).noneMatch(BonusTrail.Step::isDerived);
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        List<BonusTrail.Step> steps = BonusTrail.of(sum(750, 900, false), 750, newestFirst.subList(2, 4));

        assertThat(steps).extracting(BonusTrail.Step::bonus).containsExactly(900L, 0L);
        assertThat(steps).extracting(BonusTrail.Step::allowance).containsExactly(4_400L, 1_000L);
    }

    @Test
    void derivesTheBonusOfAnOldImportFromThePresentOne() {
        LedgerSum sum = sum(-100, -100, true);

        List<BonusTrail.Step> steps = BonusTrail.of(
                sum, 200, List.of(line(2, "CONSUME", -800, 200, -100L), line(1, "IMPORT", 1_000, 1_000, null)));

        assertThat(sum.importedBonus(200)).isEqualTo(300);
        assertThat(sum.bonusOfEntries(200)).isEqualTo(200);
        assertThat(steps).extracting(BonusTrail.Step::bonus).containsExactly(200L, 300L);
        assertThat(steps).extracting(BonusTrail.Step::allowance).containsExactly(0L, 700L);
        assertThat(steps).extracting(BonusTrail.Step::bonusChange).containsExactly(-100L, 300L);
        assertThat(steps).extracting(BonusTrail.Step::isDerived).containsExactly(false, true);
    }

    @Test
    void goesByTheEntriesWhereTheAccountDisagrees() {
        LedgerSum sum = sum(750, 750, false);

        assertThat(BonusTrail.of(sum, 9_999, newestFirst).get(0).bonus()).isEqualTo(750);
        assertThat(sum.bonusOfEntries(9_999)).isEqualTo(750);
    }

    private static LedgerSum sum(long bonusChanges, long before, boolean unknown) {
        return new LedgerSum(7, null, 4, 4, 4_950, true, 0, bonusChanges, before, unknown, Optional.empty());
    }

    private static EntryLine line(long seq, String type, long amount, long after, @Nullable Long bonusChange) {
        return new EntryLine(
                7, seq, type, AT, AT, amount, after - amount, after, null, null, null, bonusChange, "a", null, "{}");
    }
}
