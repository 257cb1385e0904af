package io.creditrefresh.billing.stripe;

import java.util.List;

/** A price is in neither of the maps: nobody knows what it buys until the configuration says so. */
public final class UnmappedPriceException extends RuntimeException {

    /**
     * Ids of which none is mapped.
     *
     * @param map the setting that should name one
     */
    public UnmappedPriceException(String map, List<String> ids) {
        super("none of %s is in %s".formatted(ids, map));
    }
}
