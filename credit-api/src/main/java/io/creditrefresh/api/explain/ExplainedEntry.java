package io.creditrefresh.api.explain;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.ledger.trail.BonusTrail.Step;
import io.creditrefresh.ledger.trail.EntryLine;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What one entry did to the account; amounts in credits.
 *
 * @param seq number of the entry in its account
 * @param at when it was written
 * @param text what happened, in a sentence
 * @param amount change of the balance
 * @param bonusChange the part of {@code amount} that is bonus
 * @param allowance what it left of it
 * @param bonus what it left of it
 * @param bonusDerived the entry does not say what of it was bonus: it is what the account's bonus leaves for it
 * @param granted null if the type grants nothing
 * @param lapsed what was left of the allowance and is gone; null unless of a refresh
 * @param carried what was left of the allowance and is bonus now; null unless of a refresh or an upgrade
 * @param periodStart of the account's period after it
 * @param actor who had it written
 * @param reason in the actor's own words; null if none was given
 * @param details what else it tells; of more than 10,000 characters, {@code tooLongToShow}
 */
public record ExplainedEntry(
        long seq,
        String type,
        Instant at,
        String text,
        long amount,
        long balanceBefore,
        long balanceAfter,
        long bonusChange,
        long allowance,
        long bonus,
        boolean bonusDerived,
        @Nullable Long granted,
        @Nullable Long lapsed,
        @Nullable Long carried,
        Instant periodStart,
        String actor,
        @Nullable String reason,

        @JsonRawValue @Schema(type = SchemaType.OBJECT) String details) {

    static ExplainedEntry of(Step step, ObjectMapper mapper) {
        EntryLine line = step.line();
        return new ExplainedEntry(
                line.seq(),
                line.type(),
                line.at(),
                EntryText.of(step, EntryDetails.of(line, mapper)),
                line.amount(),
                line.balanceBefore(),
                line.balanceAfter(),
                step.bonusChange(),
                step.allowance(),
                step.bonus(),
                step.isDerived(),
                line.granted(),
                line.lapsed(),
                line.carried(),
                line.periodStart(),
                line.actor(),
                line.reason(),
                line.details());
    }
}
