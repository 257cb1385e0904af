package io.creditrefresh.api.override;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.command.SettingsWish;
import io.creditrefresh.ledger.plan.CreditKind;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change of settings: what is absent stays, null clears.
 *
 * @param hold whether to keep the user off the schedule
 * @param refreshDay the day of the month on which periods end, 1 to 31, from the next boundary on; null: every 30 days
 * @param customCreditAmount the amount of {@code credits}, as below
 * @param customCreditAmounts credits per period in place of the plan's, by kind, from the next boundary on; null: the
 *     plan's
 * @param creditsV2 whether the user is in Credits v2, whatever the rollout says; null: as it says
 * @param reason for the ledger and the audit
 * @param dryRun only tell what would be written
 */
public record SettingsRequest(
        @Nullable Boolean hold,
        @Nullable Integer refreshDay,
        @Nullable Long customCreditAmount,
        @Nullable Map<String, @Nullable Long> customCreditAmounts,
        @Nullable Boolean creditsV2,
        @Nullable String reason,
        @Nullable Boolean dryRun) {

    /** As a catalogue's amounts. */
    private static final long AMOUNT_MAX = 1_000_000_000_000_000L;

    private static final int DAY_MAX = 31;
    private static final int SHOWN_MAX = 100;
    private static final Set<String> FIELDS =
            Set.of("hold", "refreshDay", "customCreditAmount", "customCreditAmounts", "creditsV2", "reason", "dryRun");

    /** What a body wishes, or the problem {@code invalid_request}. */
    static SettingsWish wish(JsonNode body) {
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw ProblemCode.INVALID_REQUEST.problem(
                        "there is no " + (name.length() > SHOWN_MAX ? name.substring(0, SHOWN_MAX) + "…" : name));
            }
        });
        return new SettingsWish(hold(body), refreshDay(body), custom(body), creditsV2(body));
    }

    static @Nullable String reason(JsonNode body) {
        JsonNode reason = body.path("reason");
        if (!reason.isMissingNode() && !reason.isNull() && !reason.isTextual()) {
            throw ProblemCode.INVALID_REQUEST.problem("reason is a text");
        }
        return reason.textValue();
    }

    static boolean isDryRun(JsonNode body) {
        return truth(body.path("dryRun"), "dryRun").orElse(false);
    }

    private static Optional<Boolean> hold(JsonNode body) {
        return body.has("hold") ? Optional.of(truth(body.get("hold"), "hold").orElse(false)) : Optional.empty();
    }

    private static Optional<Optional<Boolean>> creditsV2(JsonNode body) {
        return body.has("creditsV2") ? Optional.of(truth(body.get("creditsV2"), "creditsV2")) : Optional.empty();
    }

    private static Optional<Boolean> truth(JsonNode value, String name) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw ProblemCode.INVALID_REQUEST.problem(name + " is true or false");
        }
        return Optional.of(value.booleanValue());
    }

    private static Optional<Optional<Integer>> refreshDay(JsonNode body) {
        if (!body.has("refreshDay")) {
            return Optional.empty();
        }
        JsonNode day = body.get("refreshDay");
        if (day.isNull()) {
            return Optional.of(Optional.empty());
        }
        if (!day.isInt() || day.intValue() < 1 || day.intValue() > DAY_MAX) {
            throw ProblemCode.INVALID_REQUEST.problem("refreshDay is 1 to " + DAY_MAX + ", or null");
        }
        return Optional.of(Optional.of(day.intValue()));
    }

    private static Map<CreditKind, Optional<Long>> custom(JsonNode body) {
        Map<CreditKind, Optional<Long>> custom = new LinkedHashMap<>();
        JsonNode amounts = body.path("customCreditAmounts");
        if (!amounts.isMissingNode() && !amounts.isObject()) {
            throw wrongAmounts();
        }
        amounts.properties()
                .forEach(amount -> custom.put(
                        CreditKind.find(amount.getKey()).orElseThrow(SettingsRequest::wrongAmounts),
                        amount(amount.getValue())));
        if (body.has("customCreditAmount")
                && custom.put(CreditKind.CREDITS, amount(body.get("customCreditAmount"))) != null) {
            throw ProblemCode.INVALID_REQUEST.problem(
                    "either customCreditAmount, or credits among the customCreditAmounts");
        }
        return custom;
    }

    private static Optional<Long> amount(JsonNode amount) {
        if (amount.isNull()) {
            return Optional.empty();
        }
        if (!amount.isIntegralNumber()
                || !amount.canConvertToLong()
                || amount.longValue() < 0
                || amount.longValue() > AMOUNT_MAX) {
            throw wrongAmounts();
        }
        return Optional.of(amount.longValue());
    }

    private static HttpProblem wrongAmounts() {
        return ProblemCode.INVALID_REQUEST.problem(
                "amounts are 0 to %d, or null, of credits, analysis and roast".formatted(AMOUNT_MAX));
    }
}
