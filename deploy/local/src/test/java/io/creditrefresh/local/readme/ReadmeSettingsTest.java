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
import io.creditrefresh.worker.WorkerSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The README's table of settings lists what the services read, with the defaults that they have. */
class ReadmeSettingsTest {

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
            read.putAll(Settings.of(mapping));
        }

        assertThat(Settings.documented()).isEqualTo(read);
    }
}
