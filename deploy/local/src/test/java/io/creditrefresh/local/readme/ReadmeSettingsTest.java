package io.creditrefresh.local.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.limit.LimitSettings;
import io.creditrefresh.api.rollout.RolloutSettings;
import io.creditrefresh.api.spend.UpgradeSettings;
import io.creditrefresh.api.verification.VerificationSettings;
import io.creditrefresh.billing.settings.PlainSettings;
import io.creditrefresh.billing.settings.StripeSettings;
import io.creditrefresh.edge.token.ClusterSettings;
import io.creditrefresh.edge.token.TokenSettings;
import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.worker.WorkerSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table of settings lists what the services read, with the defaults that they have. */
class ReadmeSettingsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[A-Z0-9_]+`(?:, )?)+) \\| (?:`([^`]*)`)? ?\\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z0-9_]+)`");

    @Test
    void listsEverySettingWithItsDefault() throws IOException {
        Map<String, String> read = new TreeMap<>();
        for (Class<?> mapping : List.of(
                RefreshSettings.class,
                ClockSettings.class,
                TokenSettings.class,
                ClusterSettings.class,
                UpgradeSettings.class,
                RolloutSettings.class,
                LimitSettings.class,
                StripeSettings.class,
                PlainSettings.class,
                VerificationSettings.class,
                WorkerSettings.class)) {
            String prefix = mapping.getAnnotation(ConfigMapping.class).prefix();
            for (Method setting : mapping.getDeclaredMethods()) {
                if (Modifier.isAbstract(setting.getModifiers())) {
                    WithDefault value = setting.getAnnotation(WithDefault.class);
                    read.put(variable(prefix, setting.getName()), value == null ? "" : value.value());
                }
            }
        }

        assertThat(documented()).isEqualTo(read);
    }

    private static Map<String, String> documented() throws IOException {
        String readme = Files.readString(Artefacts.find().home().resolve("README.md"));
        Map<String, String> rows = new TreeMap<>();
        for (MatchResult row : ROW.matcher(readme).results().toList()) {
            String value = row.group(2) == null ? "" : row.group(2);
            NAME.matcher(row.group(1)).results().forEach(name -> rows.put(name.group(1), value));
        }
        return rows;
    }

    private static String variable(String prefix, String method) {
        String name = prefix + "." + method.replaceAll("([A-Z])", "_$1");
        return name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
