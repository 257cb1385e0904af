package io.creditrefresh.local.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus reads: a metric, and conditions on its labels.
 *
 * @param metric its name, that of a recorded one with colons
 */
record Selector(String metric, List<Condition> conditions) {

    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "offset", "bool", "inf", "nan", "Inf", "NaN");

    /** Their labels may come before what they aggregate. */
    private static final Set<String> AGGREGATIONS =
            Set.of("sum", "max", "min", "avg", "count", "group", "stddev", "topk", "bottomk", "quantile");

    /** What is followed by labels in parentheses. */
    private static final Set<String> BEFORE_LABELS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"" // text
                    + "|\\[[^\\]]*]" // a range
                    + "|[0-9][0-9.]*[a-z]*" // a number or a duration
                    + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?<next>[({])?"
                    + "|[-+*/%^<>=!(),@}\\s]");
    private static final Pattern CONDITION =
            Pattern.compile("\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*,?");

    Selector {
        conditions = List.copyOf(conditions);
    }

    /** A condition on a label. */
    record Condition(String label, String operator, String text) implements Predicate<String> {

        /** Whether it says what the label is, rather than what it is not. */
        boolean isPositive() {
            return operator.startsWith("=");
        }

        @Override
        public boolean test(String value) {
            return switch (operator) {
                case "=" -> value.equals(text);
                case "!=" -> !value.equals(text);
                case "=~" -> value.matches(text);
                case "!~" -> !value.matches(text);
                default -> throw new IllegalStateException(operator);
            };
        }
    }

    /** Whether a rule records it, rather than a service shows it. */
    boolean isRecorded() {
        return metric.contains(":");
    }

    /**
     * All that an expression reads.
     *
     * @throws IllegalArgumentException if it has something that is not understood
     */
    static List<Selector> in(String expression) {
        List<Selector> found = new ArrayList<>();
        Matcher token = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!token.find(at) || token.start() != at) {
                throw new IllegalArgumentException("not understood: " + expression.substring(at));
            }
            at = token.end();
            String name = token.group("name");
            if (name == null) {
                continue;
            }
            boolean opens = "(".equals(token.group("next"));
            if (BEFORE_LABELS.contains(name)) {
                at = opens ? after(expression, ")", at) : at;
            } else if ("{".equals(token.group("next"))) {
                int end = after(expression, "}", at);
                found.add(new Selector(name, conditions(expression.substring(at, end - 1))));
                at = end;
            } else if (!opens && !WORDS.contains(name) && !AGGREGATIONS.contains(name)) {
                found.add(new Selector(name, List.of()));
            }
        }
        return found;
    }

    private static int after(String expression, String end, int from) {
        boolean quoted = false;
        for (int at = from; at < expression.length(); at++) {
            if (expression.charAt(at) == '"') {
                quoted = !quoted;
            } else if (!quoted && expression.startsWith(end, at)) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("there is no " + end + " after " + expression.substring(from));
    }

    private static List<Condition> conditions(String text) {
        List<Condition> found = new ArrayList<>();
        Matcher condition = CONDITION.matcher(text);
        int at = 0;
        while (at < text.strip().length()) {
            if (!condition.find(at) || condition.start() != at) {
                throw new IllegalArgumentException("no condition: " + text.substring(at));
            }
            found.add(new Condition(condition.group(1), condition.group(2), condition.group(3)));
            at = condition.end();
        }
        return found;
    }

    /** Whether a service's sample is among what it reads, as far as a service knows its labels. */
    boolean reads(String name, Map<String, String> labels, Set<String> labelsOfOthers) {
        return name.equals(metric)
                && conditions.stream()
                        .filter(condition -> !labelsOfOthers.contains(condition.label()))
                        .allMatch(condition -> condition.test(labels.getOrDefault(condition.label(), "")));
    }
}
