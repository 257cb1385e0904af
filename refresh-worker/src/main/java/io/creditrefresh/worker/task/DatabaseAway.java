package io.creditrefresh.worker.task;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.worker.trouble.WeatherException;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/** Answers a call that weather has kept from refreshing: no attempt is counted, and it may be repeated. */
@Provider
final class DatabaseAway extends ExceptionMapperBase<WeatherException> {

    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    protected HttpProblem toProblem(WeatherException exception) {
        return HttpProblem.builder(ProblemCode.UNAVAILABLE.problem(String.valueOf(exception.getMessage())))
                .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
    }
}
