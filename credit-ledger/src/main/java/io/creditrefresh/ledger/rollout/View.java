package io.creditrefresh.ledger.rollout;

import io.creditrefresh.ledger.plan.CreditKind;
import java.util.List;

/** Which accounts a user spends from. The others are kept up beside them, so that a user can change over and back. */
public enum View {
    /** Credits v1: the single pool. */
    V1,
    /** Credits v2: one account per kind. */
    V2;

    /** In the order of kinds. */
    public List<CreditKind> kinds() {
        return this == V1 ? List.of(CreditKind.CREDITS) : List.of(CreditKind.ANALYSIS, CreditKind.ROAST);
    }

    public boolean shows(CreditKind kind) {
        return (kind == CreditKind.CREDITS) == (this == V1);
    }
}
