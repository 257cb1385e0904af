package io.creditrefresh.local.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.limit.LimitSettings;
import io.creditrefresh.api.rollout.RolloutSettings;
import io.creditrefresh.api.spend.UpgradeSettings;
import io.creditrefresh.api.verification.VerificationSettings;
import io.creditrefresh.billing.settings.PlainSettings;
import io.creditrefresh.billing.settings.StripeSettings;
import io.creditrefresh.edge.token.ClusterSettings;
import io.creditrefresh.edge.token.TokenSettings;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.local.readme.Settings;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compose file, example of its settings, code and README know the same settings, and no secret has a default. */
class ComposeSettingsTest {

    private static final Pattern SECRET = Pattern.compile(".*(PASSWORD|SECRETS?|API_KEY)");

    private static final Map<String, List<Class<?>>> READ = Map.of(
            "credit-api",
            List.of(
                    RefreshSettings.class,
                    TokenSettings.class,
                    UpgradeSettings.class,
                    RolloutSettings.class,
                    LimitSettings.class,
                    StripeSettings.class,
                    PlainSettings.class,
                    VerificationSettings.class),
            "refresh-planner",
            List.of(RefreshSettings.class, TokenSettings.class, ClusterSettings.class),
            "refresh-worker",
            List.of(RefreshSettings.class, TokenSettings.class, WorkerSettings.class),
            "operator",
            List.of(RefreshSettings.class, StripeSettings.class));

    private final ComposeFile compose = ComposeFile.read();
    private final EnvFile example = EnvFile.read(ComposeFile.DIRECTORY.resolve(".env.example"));

    ComposeSettingsTest() throws IOException {}

    @Test
    void theExampleNamesWhatTheComposeFileTakesAndWhatProductionRefuses() {
        Set<String> known = new TreeSet<>(compose.variables().keySet());
        known.addAll(keys(ClockSettings.class));

        assertThat(example.all().keySet()).isEqualTo(known);
        assertThat(compose.variables())
                .doesNotContainKeys(keys(ClockSettings.class).toArray(String[]::new));
    }

    @Test
    void theExampleShowsTheDefaultsOfTheReadme() throws IOException {
        Map<String, String> documented = Settings.documented();

        assertThat(documented).hasSizeGreaterThan(30);
        assertThat(example.all()).containsAllEntriesOf(documented);
    }

    @Test
    void theExampleSetsWhatIsRequiredAndLeavesItEmpty() {
        Set<String> required = compose.variables().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());

        assertThat(example.set().keySet()).isEqualTo(required);
        assertThat(example.set().values()).allMatch(String::isEmpty);
    }

    @Test
    void everyServiceIsGivenTheSettingsThatItReads() {
        READ.forEach((service, mappings) -> {
            for (Class<?> mapping : mappings) {
                assertThat(compose.environment(service))
                        .as(service)
                        .containsKeys(keys(mapping).toArray(String[]::new));
            }
        });
    }

    @Test
    void mountsWhatIsThere() {
        assertThat(compose.services().keySet().stream()
                        .flatMap(service -> compose.list(service, "volumes").stream())
                        .filter(volume -> volume.startsWith("../") || volume.endsWith(".sql:ro"))
                        .map(volume -> ComposeFile.DIRECTORY.resolve(volume.split(":")[0])))
                .isNotEmpty()
                .allMatch(Files::exists);
    }

    @Test
    void noSecretHasAValueInTheFile() {
        for (String service : compose.services().keySet()) {
            compose.environment(service).forEach((key, value) -> {
                if (SECRET.matcher(key).matches() && value != null) {
                    assertThat(value.toString()).as("%s of %s", key, service).matches("\\$\\{[A-Z_]+:\\?[^}]+}");
                }
            });
        }
    }

    @Test
    void everyContainerIsLimited() {
        compose.services().forEach((name, service) -> {
            assertThat(service).as(name).containsKeys("mem_limit", "pids_limit").containsEntry("read_only", true);
            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
            assertThat(service.get("security_opt")).as(name).isEqualTo(List.of("no-new-privileges:true"));
            assertThat(service).as(name).doesNotContainKeys("privileged", "container_name", "network_mode");
            if ("no".equals(service.get("restart"))) {
                assertThat(service).as(name).containsKey("command");
            } else {
                assertThat(service).as(name).containsKey("healthcheck");
            }
            assertThat(compose.list(name, "ports")).as(name).allMatch(port -> port.startsWith("127.0.0.1:"));
        });
        assertThat(compose.list("refresh-worker", "ports")).isEmpty();
    }

    @Test
    void makesTheTopicsOfTheCode() {
        assertThat(compose.list("topics", "command"))
                .singleElement()
                .asString()
                .contains("for topic in %s:%d %s:1 %s:%d; do"
                        .formatted(
                                Topics.REFRESH_JOBS,
                                LocalStack.PARTITIONS,
                                Topics.DEAD_LETTER,
                                Topics.CREDIT_EVENTS,
                                LocalStack.PARTITIONS));
    }

    private static Set<String> keys(Class<?> mapping) {
        return Settings.of(mapping).keySet();
    }
}
