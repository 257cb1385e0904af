package io.creditrefresh.ledger.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/** Threads that do something at the same moment. */
final class AtOnce {

    private AtOnce() {}

    /** What each of them got, told its number from 0 on. */
    static <T> List<T> run(int clients, IntFunction<T> work) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            CountDownLatch ready = new CountDownLatch(clients);
            List<CompletableFuture<T>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                all.add(CompletableFuture.supplyAsync(
                        () -> {
                            ready.countDown();
                            while (ready.getCount() > 0) {
                                Thread.yield();
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
