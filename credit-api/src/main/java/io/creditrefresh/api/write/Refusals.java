package io.creditrefresh.api.write;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.command.Refusal;
import io.quarkiverse.resteasy.problem.HttpProblem;

/** The problem that a refusal is answered with. */
public final class Refusals {

    private Refusals() {}

    /** To be thrown. */
    public static HttpProblem problem(Refusal refusal) {
        return code(refusal).problem();
    }

    private static ProblemCode code(Refusal refusal) {
        return switch (refusal) {
            case USER_NOT_FOUND -> ProblemCode.USER_NOT_FOUND;
            case UNKNOWN_PLAN -> ProblemCode.UNKNOWN_PLAN;
            case NO_SUCH_ACCOUNT -> ProblemCode.NO_SUCH_ACCOUNT;
            case ON_HOLD -> ProblemCode.ON_HOLD;
            case NOT_ENOUGH_BONUS -> ProblemCode.NOT_ENOUGH_BONUS;
            case CUSTOMER_TAKEN -> ProblemCode.CUSTOMER_TAKEN;
            case CHANGED_MEANWHILE -> ProblemCode.CHANGED_MEANWHILE;
            case SPEND_NOT_FOUND -> ProblemCode.SPEND_NOT_FOUND;
            case ALREADY_REFUNDED -> ProblemCode.ALREADY_REFUNDED;
            case NOTHING_FAILED, NO_SUCH_EVENT, NO_SUCH_JOB -> ProblemCode.NOT_FOUND;
            case JOB_IS_OVER -> ProblemCode.JOB_IS_OVER;
            case POOL_IS_CLOSED -> ProblemCode.CREDITS_V2_ON;
            case ROLLOUT_HAS_BEGUN -> ProblemCode.ROLLOUT_HAS_BEGUN;
            case ROLLOUT_IS_CLOSED -> ProblemCode.ROLLOUT_IS_CLOSED;
            case ROLLOUT_IS_NOT_GLOBAL -> ProblemCode.ROLLOUT_IS_NOT_GLOBAL;
            case PLANS_LACK_KINDS -> ProblemCode.PLANS_LACK_KINDS;
            case ANONYMISED -> ProblemCode.ANONYMISED;
            case KEY_REUSED -> ProblemCode.IDEMPOTENCY_KEY_REUSED;
            case KEY_EXPIRED -> ProblemCode.IDEMPOTENCY_KEY_EXPIRED;
        };
    }
}
