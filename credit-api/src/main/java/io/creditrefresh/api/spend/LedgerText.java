package io.creditrefresh.api.spend;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.store.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text that the ledger can keep: no NUL, which no column holds, and no half of a surrogate pair. */
final class LedgerText {

    private LedgerText() {}

    static boolean isText(String value) {
        return value.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    /** As the ledger keeps it; what it cannot keep is the problem {@code invalid_request}. */
    static String json(Map<String, Object> values) {
        if (!isFinite(values)) {
            throw ProblemCode.INVALID_REQUEST.problem("metadata has numbers that are too large");
        }
        String json = String.valueOf(Json.write(values));
        if (json.contains("\\u0000") || !isText(json)) {
            throw ProblemCode.INVALID_REQUEST.problem("metadata has characters that cannot be kept");
        }
        return json;
    }

    /** A number beyond the range of a double was read as infinite, which JSON cannot say. */
    private static boolean isFinite(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(LedgerText::isFinite);
        }
        if (value instanceof Collection<?> list) {
            return list.stream().allMatch(LedgerText::isFinite);
        }
        return !(value instanceof Double number) || Double.isFinite(number);
    }
}
