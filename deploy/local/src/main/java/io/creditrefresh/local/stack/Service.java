package io.creditrefresh.local.stack;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One service process of the pipeline.
 *
 * @param number tells processes of the same kind apart, from 1
 */
public record Service(Kind kind, int number) {

    /** What can be started, from which artefact and with which database role. */
    public enum Kind {
        API("credit-api", "credit_api"),
        PLANNER("refresh-planner", "credit_planner"),
        WORKER("refresh-worker", "credit_worker");

        private final String module;
        private final String role;

        Kind(String module, String role) {
            this.module = module;
            this.role = role;
        }

        public String module() {
            return module;
        }

        public String role() {
            return role;
        }
    }

    public static final Service API = new Service(Kind.API, 1);
    public static final Service PLANNER = new Service(Kind.PLANNER, 1);

    private static final Pattern WORKER_NAME = Pattern.compile("worker-(\\d{1,3})");

    public Service {
        if (number < 1) {
            throw new IllegalArgumentException("processes of a kind are counted from 1: " + number);
        }
    }

    /** A further API beside {@link #API}, which is number 1. */
    public static Service api(int number) {
        return new Service(Kind.API, number);
    }

    /** A further planner beside {@link #PLANNER}, which is number 1. */
    public static Service planner(int number) {
        return new Service(Kind.PLANNER, number);
    }

    public static Service worker(int number) {
        return new Service(Kind.WORKER, number);
    }

    /** The worker of a name such as {@code worker-1}; empty for the name of anything else. */
    public static Optional<Service> workerNamed(String name) {
        var matcher = WORKER_NAME.matcher(name);
        return matcher.matches() ? Optional.of(worker(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    /** {@code api}, {@code api-2}, {@code planner}, {@code planner-2}, {@code worker-1}, {@code worker-2} and so on. */
    public String name() {
        return switch (kind) {
            case API -> number == 1 ? "api" : "api-" + number;
            case PLANNER -> number == 1 ? "planner" : "planner-" + number;
            case WORKER -> "worker-" + number;
        };
    }
}
