package io.creditrefresh.ledger.reference;

import java.util.ArrayList;
import java.util.List;

/** What plans give, as the reference reads it: a heap of price tags, of which the newest in force counts. */
public final class PriceList {

    /** A rollover without a limit. */
    public static final long ALL = Long.MAX_VALUE;

    /** In force since ever. */
    public static final long EVER = Long.MIN_VALUE;

    private final List<Tag> tags = new ArrayList<>();

    /**
     * One price tag.
     *
     * @param since epoch second from which it is in force
     * @param amount credits per period
     * @param cap how much of a leftover becomes bonus
     */
    public record Tag(String plan, String kind, long since, long amount, long cap) {}

    public void add(Tag tag) {
        tags.add(tag);
    }

    public List<Tag> tags() {
        return tags;
    }

    /** Null if the plan gives nothing of this kind. */
    Tag at(String plan, String kind, long second) {
        Tag best = null;
        for (Tag tag : tags) {
            boolean fits = tag.plan.equals(plan) && tag.kind.equals(kind) && tag.since <= second;
            if (fits && (best == null || tag.since > best.since)) {
                best = tag;
            }
        }
        return best;
    }
}
