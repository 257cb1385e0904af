package io.creditrefresh.local.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What can be said about images without building them. */
class DockerfileTest {

    private final ImageFile image = ImageFile.read();

    DockerfileTest() throws IOException {}

    @Test
    void runsAsNobodyByNumber() {
        assertThat(image.one("USER")).isEqualTo("10001:10001");
    }

    @Test
    void startsJavaItselfSoThatItIsAskedToStop() throws IOException {
        assertThat(image.entrypoint())
                .startsWith("java")
                .contains("-XX:AOTCache=/app/app.aot", "-XX:+ExitOnOutOfMemoryError")
                .endsWith("-jar", "/app/quarkus-run.jar");
        assertThat(image.all("CMD")).isEmpty();
    }

    @Test
    void isMadeOfOneBuildOfTheJvmForTrainingAndRunning() {
        assertThat(image.all("FROM")).containsExactly("${JRE} AS app", "${JRE}");
        assertThat(image.all("ARG"))
                .filteredOn(argument -> argument.startsWith("JRE="))
                .singleElement()
                .asString()
                .matches("JRE=eclipse-temurin:25\\.\\d+\\.\\d+_\\d+-jre-[a-z]+");
    }

    @Test
    void isLikeWhatMavenMakesWithoutDocker() throws IOException {
        String pom = Files.readString(ImageFile.DIRECTORY.resolve("pom.xml"));

        assertThat(image.all("ARG")).contains("JRE=" + element(pom, "images.jre"));
        assertThat(element(pom, "user")).isEqualTo(image.one("USER"));
        assertThat(element(pom, "workingDirectory")).isEqualTo(image.one("WORKDIR"));
        assertThat(image.one("ENV")).isEqualTo("JAVA_TOOL_OPTIONS=\"%s\"".formatted(element(pom, "JAVA_TOOL_OPTIONS")));
        assertThat(pom.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("<arg>"))
                        .map(line -> line.replaceAll("</?arg>", "")))
                .isEqualTo(image.entrypoint().stream()
                        .filter(word -> !word.startsWith("-XX:AOTCache="))
                        .toList());
    }

    private static String element(String xml, String name) {
        return xml.replaceAll("(?s).*<%s>(.*?)</%1$s>.*".formatted(Pattern.quote(name)), "$1");
    }

    @Test
    void takesNothingFromElsewhereAndNoSecrets() throws IOException {
        assertThat(image.all("ADD")).isEmpty();
        assertThat(Files.readAllLines(ImageFile.DIRECTORY.resolve("Dockerfile.dockerignore")))
                .contains("*")
                .noneMatch(line -> line.startsWith("!") && line.contains("compose"));
    }

    @Test
    void imagesOfTheComposeFileHaveTagsThatStay() throws IOException {
        Set<String> images = ComposeFile.read().images();

        assertThat(images).allMatch(name -> name.matches("[a-z/-]+:v?\\d+\\.\\d+(\\.\\d+)?(-[a-z]+)?"));
        assertThat(images.stream().map(name -> name.split(":")[0]).collect(Collectors.toSet()))
                .as("each in one version")
                .hasSameSizeAs(images);
    }

    @Test
    void isHealthyWhenTheServiceSaysSo() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/q/health/live", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        String port = Integer.toString(server.getAddress().getPort());
        try {
            assertThat(healthy(port)).isZero();
            assertThat(healthy(port, "/q/health/live")).isNotZero();
        } finally {
            server.stop(0);
        }
        assertThat(healthy(port)).isNotZero();
    }

    private static int healthy(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("bash", ImageFile.DIRECTORY.resolve("healthy").toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
