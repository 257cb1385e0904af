package io.creditrefresh.local.compose;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one Dockerfile of all services, by its instructions. */
final class ImageFile {

    static final Path DIRECTORY = Artefacts.find().home().resolve("deploy/image");

    private final List<String> lines;

    private ImageFile(List<String> lines) {
        this.lines = lines;
    }

    static ImageFile read() throws IOException {
        String text = Files.readString(DIRECTORY.resolve("Dockerfile"));
        return new ImageFile(text.replace("\\\n", " ")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList());
    }

    /** What follows an instruction, each time that it is there. */
    List<String> all(String instruction) {
        return lines.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).strip())
                .toList();
    }

    /** What an instruction says that is there once. */
    String one(String instruction) {
        List<String> all = all(instruction);
        if (all.size() != 1) {
            throw new IllegalStateException("%s is there %d times".formatted(instruction, all.size()));
        }
        return all.get(0);
    }

    /** What is started, word by word. */
    List<String> entrypoint() throws IOException {
        return List.of(new ObjectMapper().readValue(one("ENTRYPOINT"), String[].class));
    }
}
