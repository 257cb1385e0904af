package io.creditrefresh.api.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.trail.BonusTrail.Step;
import io.creditrefresh.ledger.trail.EntryLine;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EntryTextTest {

    private static final Instant AT = Instant.parse("2026-11-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "300 | 0 | 0 | Refreshed: 20,000 granted, 300 of the old allowance lapsed",
                "0 | 0 | 0 | Refreshed: 20,000 granted, nothing of the old allowance was left",
                "0 | 40 | 0 | Refreshed: 20,000 granted, 40 of the old allowance moved to the bonus",
                "300 | 40 | 0 | Refreshed: 20,000 granted, 300 of the old allowance lapsed and 40 moved to the bonus",
                "300 | 0 | 1 | Refreshed: 20,000 granted, 300 of the old allowance lapsed; 1 missed period was skipped",
                "0 | 0 | 3 | Refreshed: 20,000 granted, nothing of the old allowance was left;"
                        + " 3 missed periods were skipped",
            })
    void saysWhatARefreshDid(long lapsed, long carried, int skipped, String text) {
        String details = skipped == 0 ? "{}" : "{\"skippedPeriods\": " + skipped + "}";

        assertThat(text(line("REFRESH", 20_000 - lapsed, 20_000L, lapsed, carried, details), carried, false))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROVISION | 1000 | 0 | {} | Began with 1,000 of allowance",
                "IMPORT | 1000 | 300 | {} | Taken over from an older system: 700 of allowance and 300 of bonus",
                "MANUAL_REFRESH | 400 | 0 | {} | Filled up by hand: 400 added to the allowance, the period stayed",
                "RESET | 400 | 0 | {} | Reset: a new period began, 400 added to the allowance",
                "DOWNGRADE | 0 | 0 | {\"planBefore\": \"pro\", \"plan\": \"starter\"} | Changed the plan from pro to"
                        + " starter: nothing was taken, the lower amount comes with the next refresh",
                "SYNC | 4000 | 0 | {} | Synced: 4,000 that the plan owed added to the allowance",
                "PURCHASE | 500 | 500 | {} | Bought 500, added to the bonus",
                "CONSUME | -800 | 0 | {} | Spent 800, all from the allowance",
                "CONSUME | -800 | -800 | {} | Spent 800, all from the bonus",
                "CONSUME | -800 | -300 | {} | Spent 800, 500 from the allowance and 300 from the bonus",
                "REFUND | 800 | 300 | {\"spendSeq\": 4} | Gave back 800 of the spend in entry 4, 500 to the allowance"
                        + " and 300 to the bonus",
                "MIRROR | -5 | 0 | {} | Took 5 for a spend that is booked under other kinds, too",
                "ADJUST | 500 | 500 | {} | Adjusted by hand: 500 added to the bonus",
                "ADJUST | -500 | -500 | {} | Adjusted by hand: 500 taken from the bonus",
                "RESTORE | -900 | 0 | {\"refreshSeq\": 9} | Took back the refresh in entry 9: 900 taken from the"
                        + " allowance",
                "RESTORE | 70 | 0 | {\"refreshSeq\": 9} | Took back the refresh in entry 9: 70 given back to the"
                        + " allowance",
                "RESTORE | 0 | 0 | {\"refreshSeq\": 9} | Took back the refresh in entry 9: nothing of it was left",
                "SETTINGS | 0 | 0 | {\"hold\": true, \"holdBefore\": false} | Changed hold from false to true; no"
                        + " credit moved",
                "SETTINGS | 0 | 0 | {\"refreshDayBefore\": null, \"refreshDay\": 31} | Changed refresh day from none"
                        + " to 31; no credit moved",
                "SETTINGS | 0 | 0 | {} | Changed settings; no credit moved",
                "OF_A_LATER_VERSION | -12345 | 0 | {} | Changed the balance by -12,345",
            })
    void saysWhatEachTypeDid(String type, long amount, long bonusChange, String details, String text) {
        assertThat(text(line(type, amount, null, null, null, details), bonusChange, false))
                .isEqualTo(text);
    }

    @Test
    void saysWhatAnUpgradeDid() {
        String details = "{\"planBefore\": \"starter\", \"plan\": \"pro\"}";

        assertThat(text(line("UPGRADE", 19_100, 20_000L, null, 900L, details), 900, false))
                .isEqualTo("Upgraded from starter to pro: 20,000 granted, 900 of the old allowance moved to the bonus");
    }

    @Test
    void saysThatTheBonusOfAnOldImportIsDerived() {
        assertThat(text(line("IMPORT", 1_000, null, null, null, "{}"), 300, true))
                .isEqualTo("Taken over from an older system: 700 of allowance and 300 of bonus,"
                        + " as the present bonus tells");
    }

    @Test
    void readsNothingOfWhatAClientSentAlong() {
        assertThat(text(line("CONSUME", -5, null, null, null, "not even JSON"), 0, false))
                .isEqualTo("Spent 5, all from the allowance");
    }

    static Stream<EntryType> types() {
        return Stream.of(EntryType.values());
    }

    @ParameterizedTest
    @MethodSource("types")
    void hasASentenceForEveryType(EntryType type) {
        assertThat(text(line(type.name(), 0, 0L, 0L, 0L, "{}"), 0, false))
                .isNotBlank()
                .doesNotContain("null", "Optional");
    }

    private static String text(EntryLine line, long bonusChange, boolean derived) {
        return EntryText.of(new Step(line, bonusChange, derived, 0, 0), EntryDetails.of(line, new ObjectMapper()));
    }

    private static EntryLine line(
            String type,
            long amount,
            @Nullable Long granted,
            @Nullable Long lapsed,
            @Nullable Long carried,
            String details) {
        return new EntryLine(
                7,
                5,
                type,
                AT,
                AT,
                amount,
                100_000,
                100_000 + amount,
                granted,
                lapsed,
                carried,
                null,
                "a",
                null,
                details);
    }
}
