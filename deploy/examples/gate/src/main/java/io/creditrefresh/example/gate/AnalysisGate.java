package io.creditrefresh.example.gate;

import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Optional;

/** Charges for methods with {@link RequireAnalysisCredits}. */
@Provider
@Singleton
@RequireAnalysisCredits
@Priority(CreditGate.PRIORITY)
public class AnalysisGate extends CreditGate {

    private final ResourceInfo resource;

    AnalysisGate(Charging charging, SpendKeys keys, ResourceInfo resource) {
        super(charging, keys);
        this.resource = resource;
    }

    @Override
    Price price() {
        Method method = resource.getResourceMethod();
        RequireAnalysisCredits required = Optional.ofNullable(method.getAnnotation(RequireAnalysisCredits.class))
                .orElseGet(() -> resource.getResourceClass().getAnnotation(RequireAnalysisCredits.class));
        return Price.of("analysis", required.amount(), required.action(), required.platform(), method);
    }
}
