package io.creditrefresh.example.gate;

import jakarta.annotation.Priority;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Optional;

/** Charges for methods with {@link RequireRoastCredits}. */
@Provider
@Singleton
@RequireRoastCredits
@Priority(CreditGate.PRIORITY)
public class RoastGate extends CreditGate {

    private final ResourceInfo resource;

    RoastGate(Charging charging, SpendKeys keys, ResourceInfo resource) {
        super(charging, keys);
        this.resource = resource;
    }

    @Override
    Price price() {
        Method method = resource.getResourceMethod();
        RequireRoastCredits required = Optional.ofNullable(method.getAnnotation(RequireRoastCredits.class))
                .orElseGet(() -> resource.getResourceClass().getAnnotation(RequireRoastCredits.class));
        return Price.of("roast", required.amount(), required.action(), required.platform(), method);
    }
}
