package io.creditrefresh.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever is woken up finds the page, finds its way on it, and is led nowhere by no link. */
class RunbookTest {

    private static final Path GUIDES = Artefacts.find().home().resolve("deploy/docs");
    private static final Path RUNBOOK = GUIDES.resolve("runbook");
    private static final Set<String> NO_ALERTS = Set.of("README.md", "emergency.md");
    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]*)\\)");

    @Test
    void hasTheSameFourPartsOnEveryPageOfAnAlert() throws IOException {
        List<Path> pages = alerts();

        assertThat(pages).isNotEmpty().allSatisfy(page -> assertThat(headings(page))
                .as("%s", page)
                .containsExactly(
                        page.getFileName().toString().replace(".md", ""),
                        "What it means",
                        "What to look at",
                        "What to do",
                        "How to know it is over"));
    }

    @Test
    void leadsToEveryPageFromItsIndex() throws IOException {
        List<String> pages = pages(RUNBOOK).stream()
                .map(page -> page.getFileName().toString())
                .toList();

        assertThat(links(RUNBOOK.resolve("README.md")))
                .containsAll(
                        pages.stream().filter(page -> !page.equals("README.md")).toList());
    }

    @Test
    void keepsCommandsOnThePageThatIsTriedOut() throws IOException {
        assertThat(alerts()).allSatisfy(page -> assertThat(Files.readString(page))
                .as("%s", page)
                .doesNotContain("```sh\n", "```bash\n", "```shell\n"));
    }

    @Test
    void leadsSomewhereWithEveryLinkOfTheGuides() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages(GUIDES)) {
            for (String link : links(page)) {
                if (!link.matches("\\w+:.*") && !leadsSomewhere(page, link)) {
                    broken.add(GUIDES.relativize(page) + ": " + link);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target)
                && (parts.length == 1
                        || headings(target).stream().map(Markdown::anchor).anyMatch(("#" + parts[1])::equals));
    }

    private static List<Path> alerts() throws IOException {
        return pages(RUNBOOK).stream()
                .filter(page -> !NO_ALERTS.contains(page.getFileName().toString()))
                .toList();
    }

    private static List<Path> pages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> headings(Path page) throws IOException {
        return found(HEADING, page).toList();
    }

    private static Set<String> links(Path page) throws IOException {
        return found(LINK, page).collect(Collectors.toSet());
    }

    /** Not in what is shown as code. */
    private static Stream<String> found(Pattern pattern, Path page) throws IOException {
        String prose = FENCED.matcher(Files.readString(page)).replaceAll("");
        return pattern.matcher(prose).results().map((MatchResult result) -> result.group(1));
    }
}
