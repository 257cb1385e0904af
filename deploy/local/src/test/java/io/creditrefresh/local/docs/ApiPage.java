package io.creditrefresh.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The reference of all operations, made of the OpenAPI files. */
final class ApiPage {

    private static final String INTRODUCTION = """
            Every operation of the services, made of what they say of themselves: %s.
            What is common to all is in the [README](../../README.md#the-api).""";

    private static final String WORDS = """
            - **Who** are roles of the bearer token: one of them is needed. A `user` reaches their own data only.
            - An **instant** is written as `2026-01-31T08:00:00Z`, a **date** as `2026-01-31`; amounts are whole credits.
            - What is **optional** may be left out. No other field than those listed is taken.
            - A **list** of which there may be more comes in pages: `nextCursor` is the `cursor` of the next one.""";

    private final List<OpenApiFile> files;
    private final Records records;
    private final ProblemTable problems;

    ApiPage(List<OpenApiFile> files) {
        this.files = files;
        this.records = new Records(files);
        this.problems = new ProblemTable(files);
    }

    String text() {
        Markdown page = new Markdown()
                .heading(1, "The API, operation by operation")
                .paragraph(INTRODUCTION.formatted(String.join(
                        ",\n", files.stream().map(ApiPage::sourceLink).toList())))
                .paragraph(WORDS);
        files.forEach(file -> writeOverview(file, page));
        for (OpenApiFile file : files) {
            page.heading(2, "Operations of the " + title(file));
            file.offers().forEach(offer -> new OfferSection(offer, records, problems).writeTo(page));
        }
        writeRecords(page);
        page.heading(2, "Problems")
                .paragraph("A refusal is an `application/problem+json` (RFC 9457) with these fields:");
        FieldTable.answered(records.get("Problem"), page);
        page.paragraph("A client may rely on status and code:");
        problems.writeTo(page);
        page.paragraph(
                "Any call may fail with one of these, too: %s.".formatted(problems.others(records.get("Problem"))));
        return page.toString();
    }

    private static void writeOverview(OpenApiFile file, Markdown page) {
        List<List<String>> rows = new ArrayList<>();
        for (Offer offer : file.offers()) {
            rows.add(List.of(
                    Markdown.link(Markdown.code(offer.call()), offer.call()),
                    OfferSection.who(offer),
                    OfferSection.summary(offer)));
        }
        page.heading(2, title(file))
                .paragraph(file.document().at("/info/description").asText())
                .table(List.of("operation", "who", "what"), rows);
    }

    /** Those that others have as parts; where a request or answer begins, its record is shown there. */
    private void writeRecords(Markdown page) {
        Set<String> asked = new TreeSet<>();
        Set<String> answered = new TreeSet<>();
        for (OpenApiFile file : files) {
            for (Offer offer : file.offers()) {
                offer.described().path("requestBody").findParents("$ref").forEach(body -> add(body, asked));
                for (JsonNode answer : offer.described().path("responses")) {
                    answer.path("content").findParents("$ref").forEach(body -> add(body, answered));
                }
            }
        }
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(asked);
        all.addAll(answered);
        page.heading(2, "Records").paragraph("What requests and answers have as parts.");
        for (String name : all) {
            page.heading(3, name)
                    .paragraph(records.get(name).path("description").asText());
            if (answered.contains(name)) {
                FieldTable.answered(records.get(name), page);
            } else {
                FieldTable.asked(records.get(name), page);
            }
        }
    }

    private void add(JsonNode body, Set<String> names) {
        names.addAll(records.within(records.resolve(body)));
    }

    private static String title(OpenApiFile file) {
        return file.document().at("/info/title").asText();
    }

    private static String sourceLink(OpenApiFile file) {
        String source = file.kind().module() + "/openapi.yaml";
        return "[%s](../../%s)".formatted(source, source);
    }
}
