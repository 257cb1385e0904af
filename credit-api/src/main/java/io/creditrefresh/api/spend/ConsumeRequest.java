package io.creditrefresh.api.spend;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.Spend;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is to be spent: {@code kind} and {@code amount}, or {@code items}.
 *
 * @param userId whose credits; a user may leave it out
 * @param kind {@code credits}, {@code analysis} or {@code roast}; {@code credits} if it is left out
 * @param amount credits, 1 to 1,000,000,000
 * @param items several kinds at once, all or nothing; each kind once
 * @param action what for, as the ledger shows it
 * @param platform where, as the ledger shows it
 * @param metadata anything else for the ledger, up to 4,000 characters of JSON
 */
public record ConsumeRequest(
        @Nullable String userId,
        @Nullable String kind,
        @Nullable Long amount,
        @Nullable List<Item> items,
        @Nullable String action,
        @Nullable String platform,
        @Nullable Map<String, Object> metadata) {

    private static final int TEXT_MAX = 200;
    private static final int METADATA_MAX = 4_000;
    private static final int ITEMS_MAX = 3;

    /**
     * One kind.
     *
     * @param amount credits, 1 to 1,000,000,000
     */
    public record Item(
            @Schema(required = true) @Nullable String kind,
            @Schema(required = true) @Nullable Long amount) {}

    /** Credits by kind, or the problem {@code invalid_request}. */
    @JsonIgnore
    Map<CreditKind, Long> amounts() {
        if (items == null) {
            return of(List.of(new Item(kind == null ? CreditKind.CREDITS.code() : kind, amount)));
        }
        if (kind != null || amount != null) {
            throw ProblemCode.INVALID_REQUEST.problem("either kind and amount, or items");
        }
        if (items.isEmpty() || items.size() > ITEMS_MAX) {
            throw ProblemCode.INVALID_REQUEST.problem("items has 1 to " + ITEMS_MAX + " elements");
        }
        return of(items);
    }

    /** What the ledger shows with the spend; checked. */
    @JsonIgnore
    Map<String, @Nullable Object> details() {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        put(details, "action", action);
        put(details, "platform", platform);
        if (metadata != null && !metadata.isEmpty()) {
            String text = LedgerText.json(metadata);
            if (text.length() > METADATA_MAX) {
                throw ProblemCode.INVALID_REQUEST.problem("metadata has at most " + METADATA_MAX + " characters");
            }
            details.put("metadata", metadata);
        }
        return details;
    }

    private static void put(Map<String, @Nullable Object> details, String name, @Nullable String value) {
        if (value != null) {
            if (value.length() > TEXT_MAX || !LedgerText.isText(value)) {
                throw ProblemCode.INVALID_REQUEST.problem(name + " has at most " + TEXT_MAX + " characters");
            }
            details.put(name, value);
        }
    }

    private static Map<CreditKind, Long> of(List<Item> items) {
        Map<CreditKind, Long> amounts = new EnumMap<>(CreditKind.class);
        for (@Nullable Item item : items) {
            if (item == null || item.kind() == null || item.amount() == null) {
                throw ProblemCode.INVALID_REQUEST.problem("amount is missing");
            }
            if (item.amount() < 1 || item.amount() > Spend.CREDITS_MAX) {
                throw ProblemCode.INVALID_REQUEST.problem("amount is 1 to " + Spend.CREDITS_MAX);
            }
            if (amounts.put(kind(item.kind()), item.amount()) != null) {
                throw ProblemCode.INVALID_REQUEST.problem("items has each kind once");
            }
        }
        // With v2 off they are taken from one account.
        if (amounts.values().stream().mapToLong(amount -> amount).sum() > Spend.CREDITS_MAX) {
            throw ProblemCode.INVALID_REQUEST.problem("all amounts together are at most " + Spend.CREDITS_MAX);
        }
        return amounts;
    }

    private static CreditKind kind(String code) {
        return CreditKind.find(code)
                .orElseThrow(() -> ProblemCode.INVALID_REQUEST.problem("kind is credits, analysis or roast"));
    }
}
