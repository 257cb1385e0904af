package io.creditrefresh.ledger.movement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class EntryTypeTest {

    @Test
    void lowersABalanceOnlyBySpendingAdjustingRestoringAndTheLapseInARefresh() {
        assertThat(types(type -> type.allows(-1)))
                .containsExactly(
                        EntryType.REFRESH, EntryType.CONSUME, EntryType.MIRROR, EntryType.ADJUST, EntryType.RESTORE);
    }

    @Test
    void lowersABonusOnlyBySpendingAndAdjusting() {
        assertThat(types(EntryType::mayLowerTheBonus)).containsExactly(EntryType.CONSUME, EntryType.ADJUST);
    }

    @Test
    void raisesNoBalanceBySpendingOrByChangesOfTerms() {
        assertThat(types(type -> !type.allows(1)))
                .containsExactly(EntryType.DOWNGRADE, EntryType.CONSUME, EntryType.MIRROR, EntryType.SETTINGS);
    }

    @Test
    void grantsByPlanAndNotByHandNorByGivingBack() {
        assertThat(types(EntryType::grants))
                .containsExactly(
                        EntryType.PROVISION,
                        EntryType.REFRESH,
                        EntryType.MANUAL_REFRESH,
                        EntryType.RESET,
                        EntryType.UPGRADE,
                        EntryType.SYNC);
    }

    private static List<EntryType> types(Predicate<EntryType> which) {
        return Arrays.stream(EntryType.values()).filter(which).toList();
    }
}
