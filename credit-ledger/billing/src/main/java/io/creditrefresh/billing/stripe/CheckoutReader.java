package io.creditrefresh.billing.stripe;

import io.creditrefresh.billing.Field;
import io.creditrefresh.ledger.provider.BillingEvent.Content;
import io.creditrefresh.ledger.provider.BillingEvent.CustomerNamed;
import io.creditrefresh.ledger.provider.BillingEvent.Pack;
import io.creditrefresh.ledger.provider.BillingEvent.PacksBought;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Stripe's checkout sessions. An event has the session's line items only where the endpoint's own software has put
 * them in, so the pack may be named in the session's metadata: {@code credit_pack}, and {@code credit_pack_quantity}.
 *
 * @see <a href="https://docs.stripe.com/api/checkout/sessions/object">The checkout session object</a>
 */
final class CheckoutReader {

    private static final String PACKS_SETTING = "credits.billing.stripe.packs";
    private static final int QUANTITY_MAX = 10_000;

    private final PackMap packs;

    CheckoutReader(PackMap packs) {
        this.packs = packs;
    }

    Content read(Field session) {
        boolean isPaid = session.get("payment_status").is("paid")
                || session.get("payment_status").is("no_payment_required");
        if (!session.get("mode").is("payment") || !isPaid) {
            return new CustomerNamed();
        }
        List<Pack> bought = bought(session);
        return bought.isEmpty()
                ? new CustomerNamed()
                : new PacksBought(session.get("id").text(), bought);
    }

    private List<Pack> bought(Field session) {
        Field named = session.at("metadata", "credit_pack");
        if (named.isPresent()) {
            String id = named.text();
            Pack pack =
                    packs.find(List.of(id)).orElseThrow(() -> new UnmappedPriceException(PACKS_SETTING, List.of(id)));
            return List.of(times(pack, quantity(session.at("metadata", "credit_pack_quantity"))));
        }
        List<Pack> bought = new ArrayList<>();
        for (Field item : session.at("line_items", "data").elements()) {
            packs.find(SubscriptionReader.ids(item))
                    .ifPresent(
                            pack -> bought.add(times(pack, item.get("quantity").count(QUANTITY_MAX))));
        }
        return bought;
    }

    /** Metadata are texts. */
    private static long quantity(Field text) {
        if (!text.isPresent()) {
            return 1;
        }
        if (!text.text().matches("[1-9]\\d{0,3}|10000")) {
            throw text.wrong("a whole number from 1 to " + QUANTITY_MAX);
        }
        return Long.parseLong(text.text());
    }

    private static Pack times(Pack pack, long quantity) {
        return new Pack(pack.kind(), Math.multiplyExact(pack.credits(), quantity));
    }
}
