package io.creditrefresh.example.gate;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource method that runs once its user has paid {@code roast} credits for it, and gives them back when it fails; on
 * a class each of its methods, at the same price unless it says otherwise.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireRoastCredits {

    /** Credits, 1 to 1,000,000,000. */
    long amount() default 1;

    /** What for, as the ledger shows it, up to 200 characters; by default the name of the method. */
    String action() default "";

    /** Where, as the ledger shows it, up to 200 characters; by default nothing. */
    String platform() default "";
}
