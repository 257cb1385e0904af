package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What one folder of k8s/overlays renders. */
record Overlay(String name, List<KubeObject> objects) {

    static final List<String> NAMES = names();

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

    static Overlay of(String name) {
        return RENDERED.computeIfAbsent(name, Overlay::render);
    }

    static Stream<Overlay> all() {
        return NAMES.stream().map(Overlay::of);
    }

    private static List<String> names() {
        try (Stream<Path> folders = Files.list(Project.ROOT.resolve("k8s/overlays"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Overlay render(String name) {
        Path folder = Project.ROOT.resolve("k8s/overlays").resolve(name);
        String text = Project.run("render k8s/overlays", "", "kubectl", "kustomize", folder.toString());
        return new Overlay(name, yaml(text).stream().map(KubeObject::new).toList());
    }

    static List<JsonNode> yaml(String text) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<KubeObject> ofKind(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind));
    }

    Optional<KubeObject> find(String kind, String name) {
        return objects.stream().filter(object -> object.is(kind, name)).findFirst();
    }

    KubeObject get(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError(this + " has no " + kind + " " + name));
    }

    /** Whatever has pods that we describe. */
    Stream<KubeObject> workloads() {
        return objects.stream().filter(object -> object.podTemplate().isPresent());
    }

    /** A setting of a service, as its pod finds it in the environment from ConfigMaps. */
    Optional<String> setting(KubeObject workload, String key) {
        return workload.containers().stream()
                .flatMap(container -> elements(container.path("envFrom")))
                .map(source -> source.at("/configMapRef/name").asText())
                .flatMap(map -> find("ConfigMap", map).stream())
                .map(map -> map.at("/data").path(key))
                .filter(value -> !value.isMissingNode())
                .map(JsonNode::asText)
                .reduce((earlier, later) -> later);
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return array.isArray() ? array.valueStream() : Stream.empty();
    }

    @Override
    public String toString() {
        return "k8s/overlays/" + name;
    }
}
