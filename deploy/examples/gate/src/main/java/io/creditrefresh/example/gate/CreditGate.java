package io.creditrefresh.example.gate;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Spends before a resource method runs, and gives back when the answer says that it did not do its work: any status
 * from 400 on, whether the method, an exception or another filter has set it. It waits for the Credit API on the
 * request's thread, so methods behind it are blocking ones.
 */
abstract class CreditGate implements ContainerRequestFilter, ContainerResponseFilter {

    /** After whatever else may refuse a request, above all sign-in and permission. */
    static final int PRIORITY = Priorities.USER + 1_000;

    private final Charging charging;
    private final SpendKeys keys;

    CreditGate(Charging charging, SpendKeys keys) {
        this.charging = charging;
        this.keys = keys;
    }

    /** Of the method that is about to run. */
    abstract Price price();

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        @Nullable Principal user = request.getSecurityContext().getUserPrincipal();
        if (user == null) {
            request.abortWith(Answer.of(401, "unauthenticated", "Sign in first").response());
            return;
        }
        Price price = price();
        Charging.Outcome outcome = charging.charge(user.getName(), price, keys.nameOf(request, price.kind()));
        if (outcome instanceof Charging.Spent spent) {
            request.setProperty(property(), spent.spend());
        } else if (outcome instanceof Charging.Refused refused) {
            request.abortWith(refused.answer().response());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        // Called again, with another status, when an answer cannot be written.
        if (response.getStatus() >= 400 && request.getProperty(property()) instanceof Spend spend) {
            request.removeProperty(property());
            charging.giveBack(spend);
        }
    }

    /** A method may be behind several gates. */
    private String property() {
        return getClass().getName();
    }
}
