package io.creditrefresh.ledger.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Sixteen threads that do something at the same moment. */
final class Sixteen {

    private Sixteen() {}

    /** What each of them got, told its number. */
    static <T> List<T> atOnce(IntFunction<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            CountDownLatch ready = new CountDownLatch(16);
            List<CompletableFuture<T>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                all.add(CompletableFuture.supplyAsync(
                        () -> {
                            ready.countDown();
                            while (ready.getCount() > 0) {
                                Thread.onSpinWait();
                            }
                            return work.apply(number);
                        },
                        threads));
            }
            return all.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdownNow();
        }
    }
}
