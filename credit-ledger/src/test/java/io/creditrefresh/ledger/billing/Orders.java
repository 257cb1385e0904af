package io.creditrefresh.ledger.billing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All orders of a few things. */
final class Orders {

    private Orders() {}

    static <T> void forEach(List<T> things, Consumer<List<T>> order) {
        permute(new ArrayList<>(things), 0, order);
    }

    private static <T> void permute(List<T> things, int from, Consumer<List<T>> order) {
        if (from == things.size()) {
            order.accept(List.copyOf(things));
            return;
        }
        for (int i = from; i < things.size(); i++) {
            swap(things, from, i);
            permute(things, from + 1, order);
            swap(things, from, i);
        }
    }

    private static <T> void swap(List<T> things, int a, int b) {
        T thing = things.get(a);
        things.set(a, things.get(b));
        things.set(b, thing);
    }
}
