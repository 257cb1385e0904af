package io.creditrefresh.api.spend;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.SpentPart;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts what is spent, by the kind of the account that it was taken from. There from the start, at 0. */
@Singleton
class SpentCredits {

    private final Map<CreditKind, Counter> counters = new EnumMap<>(CreditKind.class);

    SpentCredits(MeterRegistry registry) {
        for (CreditKind kind : CreditKind.values()) {
            counters.put(
                    kind,
                    Counter.builder("credit.spent")
                            .description("Credits spent; a repeated request counts once, and a refund takes none back")
                            .baseUnit("credits")
                            .tag("kind", kind.code())
                            .register(registry));
        }
    }

    void add(List<SpentPart> parts) {
        for (SpentPart part : parts) {
            Objects.requireNonNull(counters.get(part.kind())).increment((double) part.amount());
        }
    }
}
