package io.creditrefresh.example.gate;

import java.lang.reflect.Method;

/**
 * What a resource method costs.
 *
 * @param kind {@code analysis} or {@code roast}; while Credits v2 is off for the user, it is taken from {@code credits}
 * @param amount credits, 1 to 1,000,000,000
 * @param platform empty for none
 * @param operation the method, for the ledger's metadata
 */
record Price(String kind, long amount, String action, String platform, String operation) {

    /** An empty action is the method's name. */
    static Price of(String kind, long amount, String action, String platform, Method method) {
        String operation = method.getDeclaringClass().getSimpleName() + "." + method.getName();
        return new Price(kind, amount, action.isEmpty() ? method.getName() : action, platform, operation);
    }
}
