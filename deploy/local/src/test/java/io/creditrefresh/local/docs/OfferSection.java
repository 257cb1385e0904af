package io.creditrefresh.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the page says of one operation: who may call it, what it takes, answers and refuses. */
final class OfferSection {

    private static final int FIRST_PROBLEM = 400;
    private static final String SCHEMA = "schema";

    private final Offer offer;
    private final Records records;
    private final ProblemTable problems;

    OfferSection(Offer offer, Records records, ProblemTable problems) {
        this.offer = offer;
        this.records = records;
        this.problems = problems;
    }

    static String who(Offer offer) {
        if (offer.isSigned()) {
            return "whose signature is valid";
        }
        return offer.isOpen() ? "anyone" : String.join(", ", offer.roles());
    }

    static String summary(Offer offer) {
        return offer.described().path("summary").asText();
    }

    void writeTo(Markdown page) {
        page.heading(3, offer.call())
                .paragraph(summary(offer) + ".")
                .paragraph("**Who:** " + who(offer))
                .table(List.of("parameter", "in", "type", "what"), parameters());
        writeRequest(page);
        offer.described().path("responses").properties().forEach(answer -> {
            if (Integer.parseInt(answer.getKey()) < FIRST_PROBLEM) {
                writeAnswer(answer.getKey(), answer.getValue(), page);
            }
        });
        page.paragraph("**[Problems](#problems):** " + problems.of(offer));
    }

    private List<List<String>> parameters() {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode parameter : offer.parameters()) {
            String type = Types.of(parameter.path(SCHEMA));
            rows.add(List.of(
                    Markdown.code(parameter.path("name").asText()),
                    parameter.path("in").asText(),
                    parameter.path("required").asBoolean() ? type : type + ", optional",
                    FieldTable.meaning(parameter.path("description").asText(), parameter.path(SCHEMA))));
        }
        return rows;
    }

    private void writeRequest(Markdown page) {
        JsonNode body = offer.described().path("requestBody");
        for (var content : body.path("content").properties()) {
            JsonNode schema = content.getValue().path(SCHEMA);
            String optional = body.path("required").asBoolean() ? "" : ", optional";
            page.paragraph("**Request**%s: %s".formatted(optional, told(schema)));
            FieldTable.asked(records.resolve(schema), page);
        }
    }

    private void writeAnswer(String status, JsonNode answer, Markdown page) {
        String nothing = answer.path("description").asText() + ", no body";
        String told = answer.path("content").properties().stream()
                .map(content -> content.getKey().equals("application/json")
                        ? told(content.getValue().path(SCHEMA))
                        : Markdown.code(content.getKey()))
                .collect(Collectors.joining(" or "));
        page.paragraph("**Answer** %s: %s".formatted(status, told.isEmpty() ? nothing : told));
        answer.path("content").forEach(content -> FieldTable.answered(records.resolve(content.path(SCHEMA)), page));
    }

    /** As {@code `CreditStatus`. What a user has.} */
    private String told(JsonNode schema) {
        if (!schema.has("$ref")) {
            return Types.of(schema);
        }
        String name = Types.referred(schema);
        String text = records.get(name).path("description").asText();
        return text.isEmpty() ? Markdown.code(name) : Markdown.code(name) + ". " + text;
    }
}
