package io.creditrefresh.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.Artefacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The guide for integrators shows the example as it stands. */
class IntegrateGuideTest {

    private static final Pattern JAVA = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private final Path home = Artefacts.find().home();

    @Test
    void showsCodeOfTheExampleOnly() throws Exception {
        String source = Files.readString(
                home.resolve("deploy/examples/gate/src/main/java/io/creditrefresh/example/app/Documents.java"));

        List<String> blocks = JAVA.matcher(Files.readString(home.resolve("deploy/docs/integrate.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> JAVA.matcher(block).replaceAll("$1"))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(source)
                .contains(block.indent(4).stripTrailing()));
    }
}
