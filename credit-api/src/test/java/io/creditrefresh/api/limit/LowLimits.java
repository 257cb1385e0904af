package io.creditrefresh.api.limit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Limits that a test reaches, in a time that it moves. */
public final class LowLimits implements QuarkusTestProfile {

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(SettableMeter.class);
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(Settings.class));
    }

    /** After those of all tests, which have no limit. */
    public static final class Settings implements QuarkusTestResourceLifecycleManager {

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            return Map.of(
                    "credits.limit.enabled", "true",
                    "credits.limit.per-minute", "60",
                    "credits.limit.burst", "5",
                    "credits.limit.syncs-per-minute", "6",
                    "credits.limit.syncs-burst", "2");
        }

        @Override
        public void stop() {}
    }
}
