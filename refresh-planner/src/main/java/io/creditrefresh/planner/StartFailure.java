package io.creditrefresh.planner;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Why the service did not start, for the person who started it. */
final class StartFailure {

    private StartFailure() {}

    /** One line for what that person can change; anything else with its stack trace. */
    static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof QuarkusBindException bind) {
            return "quarkus.http.port: " + bind.getPort() + " is in use on " + bind.getHost()
                    + "; set QUARKUS_HTTP_PORT to a free one";
        }
        if (root instanceof ConfigurationException || root instanceof ConfigValidationException) {
            return oneLine(String.valueOf(root.getMessage()));
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return "refresh-planner did not start: " + oneLine(String.valueOf(root.getMessage())) + "\n" + trace;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
