package io.creditrefresh.example.app;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Believes everybody who they say they are. Stands where the sign-in of your product is: not to be copied. */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class DemoUsers implements ContainerRequestFilter {

    private static final String HEADER = "X-Demo-User";

    @Override
    public void filter(ContainerRequestContext request) {
        @Nullable String userId = request.getHeaderString(HEADER);
        if (userId != null) {
            request.setSecurityContext(new Demo(userId));
        }
    }

    private record Demo(String userId) implements SecurityContext {

        @Override
        public Principal getUserPrincipal() {
            return () -> userId;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "demo";
        }
    }
}
