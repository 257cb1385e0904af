package io.creditrefresh.edge.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.Locale;

/** Everything that a request can be refused for. A client may rely on the code; the texts are for people. */
public enum ProblemCode {
    INVALID_REQUEST(400, "The request is not valid"),
    INVALID_CURSOR(400, "The cursor is not one of this list"),
    IDEMPOTENCY_KEY_MISSING(400, "This write needs an idempotency key"),
    INVALID_SIGNATURE_HEADER(400, "The delivery's signature header is missing or is none"),
    UNAUTHENTICATED(401, "A valid bearer token is needed"),
    INVALID_SIGNATURE(401, "The delivery is not signed with a secret that is valid now"),
    INSUFFICIENT_CREDITS(402, "There are not enough credits; nothing was spent"),
    FORBIDDEN(403, "The token's roles do not allow this"),
    NOT_FOUND(404, "There is nothing here"),
    USER_NOT_FOUND(404, "There is no such user"),
    SPEND_NOT_FOUND(404, "There is no such spend of this user"),
    METHOD_NOT_ALLOWED(405, "This path does not take this method"),
    NOT_ACCEPTABLE(406, "Answers are JSON"),
    NO_SUCH_ACCOUNT(409, "The user has no account of this kind"),
    ON_HOLD(409, "The user is on hold or past due; nothing is granted meanwhile"),
    NOT_ENOUGH_BONUS(409, "The bonus has less than this would take"),
    ALREADY_REFUNDED(409, "This spend has been given back before"),
    SET_BY_ENVIRONMENT(409, "The amount is set by the environment of the service"),
    CUSTOMER_TAKEN(409, "The billing provider's customer is another user"),
    IDEMPOTENCY_KEY_EXPIRED(409, "This key was used so long ago that its answer is no longer kept"),
    JOB_IS_OVER(409, "The job is over"),
    CREDITS_V2_ON(409, "Credits v2 is on for this user: spend analysis or roast"),
    ROLLOUT_HAS_BEGUN(409, "Prices stay as they are once the rollout has begun"),
    ROLLOUT_IS_CLOSED(409, "The rollout is closed: Credits v1 is given up"),
    PLANS_LACK_KINDS(409, "Once Credits v2 is rolled out, every plan needs an amount of each kind"),
    ROLLOUT_IS_NOT_GLOBAL(409, "Credits v1 can be given up once everybody is in Credits v2"),
    ANONYMISED(409, "The user is anonymised: nothing changes there any more"),
    VERIFICATION_RUNNING(409, "A verification is under way"),
    CHANGED_MEANWHILE(412, "Somebody has changed this since it was read; read it again"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    UNKNOWN_PLAN(422, "The catalogue has no such plan for the user's kinds of credits"),
    IDEMPOTENCY_KEY_REUSED(422, "This key was used for another request"),
    TOO_MANY_REQUESTS(429, "More requests than one may send at once; wait as long as Retry-After says"),
    INTERNAL_ERROR(500, "Something is wrong here; it has been logged"),
    SPENDING_STOPPED(503, "An operator has stopped spending; nothing was spent"),
    UNAVAILABLE(503, "Not available at the moment; try again");

    private static final String TYPE_PREFIX = "urn:credit-refresh:problem:";

    private final int status;
    private final String title;
    private final String code = name().toLowerCase(Locale.ROOT);

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The stable code, as {@code user_not_found}. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** What the code means, for people. */
    public String title() {
        return title;
    }

    URI type() {
        return URI.create(TYPE_PREFIX + code);
    }

    /** To be thrown. */
    public HttpProblem problem() {
        return builder().build();
    }

    /**
     * To be thrown.
     *
     * @param detail what is wrong with this request, for people; shows no more than the client sent
     */
    public HttpProblem problem(String detail) {
        return builder().withDetail(detail).build();
    }

    private HttpProblem.Builder builder() {
        return HttpProblem.builder()
                .withType(type())
                .withTitle(title)
                .withStatus(status)
                .with(ProblemCodes.CODE, code);
    }
}
