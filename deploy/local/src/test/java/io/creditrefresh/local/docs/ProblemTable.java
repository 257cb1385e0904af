package io.creditrefresh.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The problems that services answer with: which codes each status has, and what they mean. */
final class ProblemTable {

    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`: (.*?)(?=\\. `[a-z_]+`: |$)");
    private static final String REFERENCE = "#/components/responses/";
    private static final int FIRST_STATUS = 400;

    /** Meanings by code, by status. */
    private final Map<Integer, Map<String, String>> meanings = new TreeMap<>();

    ProblemTable(List<OpenApiFile> files) {
        for (OpenApiFile file : files) {
            for (Offer offer : file.offers()) {
                for (int status : statuses(offer)) {
                    JsonNode answer = offer.described().at("/responses/" + status);
                    String name = answer.required("$ref").asText().substring(REFERENCE.length());
                    String text = file.document()
                            .at("/components/responses/" + name + "/description")
                            .asText();
                    Map<String, String> codes = meanings.computeIfAbsent(status, each -> new LinkedHashMap<>());
                    CODE.matcher(text).results().forEach(code -> codes.put(code.group(1), code.group(2)));
                }
            }
        }
    }

    /** Statuses that an operation may answer with, and the code where there is one only. */
    String of(Offer offer) {
        return statuses(offer).stream().map(this::named).collect(Collectors.joining(", "));
    }

    void writeTo(Markdown page) {
        List<List<String>> rows = new ArrayList<>();
        meanings.forEach((status, codes) -> codes.forEach(
                (code, meaning) -> rows.add(List.of(String.valueOf(status), Markdown.code(code), meaning))));
        page.table(List.of("status", "code", "what"), rows);
    }

    /** Codes that no operation names: a call of any kind may be answered with them. */
    String others(JsonNode problem) {
        List<String> others = new ArrayList<>();
        for (JsonNode code : problem.at("/properties/code/enum")) {
            if (meanings.values().stream().noneMatch(codes -> codes.containsKey(code.asText()))) {
                others.add(Markdown.code(code.asText()));
            }
        }
        return String.join(", ", others);
    }

    private String named(int status) {
        Map<String, String> codes = Objects.requireNonNull(meanings.get(status));
        return codes.size() == 1
                ? status + " " + Markdown.code(codes.keySet().iterator().next())
                : status + "";
    }

    private static List<Integer> statuses(Offer offer) {
        List<Integer> statuses = new ArrayList<>();
        offer.described().path("responses").fieldNames().forEachRemaining(name -> {
            int status = Integer.parseInt(name);
            if (status >= FIRST_STATUS) {
                statuses.add(status);
            }
        });
        return statuses;
    }
}
