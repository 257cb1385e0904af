package io.creditrefresh.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ApiPageTest {

    private static final Path HOME = Artefacts.find().home();
    private static final Path COMMITTED = Path.of("deploy", "docs", "api.md");
    private static final Path GENERATED = Path.of("deploy", "local", "target", "api.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("]\\((#[^)]*)\\)");

    @Test
    void isWhatTheOpenApiFilesSay() throws IOException {
        String page = page();

        Files.writeString(HOME.resolve(GENERATED), page);
        assertThat(page)
                .as("an OpenAPI file has changed: read %s, and copy it to %s", GENERATED, COMMITTED)
                .isEqualTo(Files.readString(HOME.resolve(COMMITTED)));
    }

    @Test
    void leadsSomewhereWithEveryLink() throws IOException {
        String page = page();

        List<String> anchors = HEADING.matcher(page)
                .results()
                .map(heading -> Markdown.anchor(heading.group(1)))
                .toList();
        assertThat(anchors).doesNotHaveDuplicates();
        assertThat(LINK.matcher(page).results().map(link -> link.group(1)).collect(Collectors.toSet()))
                .isNotEmpty()
                .isSubsetOf(anchors);
    }

    @Test
    void saysOfEveryOperationWhoMayCallItAndWhatItAnswers() throws IOException {
        String page = page();

        for (OpenApiFile file : OpenApiFile.readAll(HOME)) {
            for (Offer offer : file.offers()) {
                assertThat(OfferSection.who(offer)).as(offer.call()).isNotEmpty();
                assertThat(page.split("\n### " + Pattern.quote(offer.call()) + "\n", -1)[1]
                                .split("\n#", 2)[0])
                        .contains("**Who:** ", "**Answer** 2", "**[Problems](#problems):** 400");
            }
        }
    }

    private static String page() throws IOException {
        return new ApiPage(OpenApiFile.readAll(HOME)).text();
    }
}
