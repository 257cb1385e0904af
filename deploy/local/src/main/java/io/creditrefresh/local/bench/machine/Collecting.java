package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes JVMs collect all garbage and counts what is left, again and again, each in a thread of its own: that is what they
 * need, whatever their collector. Slows them down. Needs a JDK, not only a runtime.
 */
public final class Collecting implements AutoCloseable {

    private static final int PAUSE_MS = 20;
    private static final long BYTES_PER_KILOBYTE = 1024;

    private final List<Long> pids;
    private final List<LiveHeap> heaps = new ArrayList<>();
    private final Map<Long, Long> mostLeft = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;
    private volatile @Nullable Exception failure;

    /** Of these processes; of none it does nothing. */
    public Collecting(List<Long> pids) {
        this.pids = List.copyOf(pids);
    }

    /** Begins with one collection of each. */
    public void begin() throws IOException {
        for (var pid : pids) {
            heaps.add(LiveHeap.of(pid));
        }
        collectOnce();
        for (var heap : heaps) {
            var thread = new Thread(() -> run(heap), "collect-garbage-" + heap.pid());
            threads.add(thread);
            thread.start();
        }
    }

    /** Ends with one collection of each. */
    @Override
    public void close() throws IOException {
        ended = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
            if (failure != null) {
                throw new IllegalStateException("what was needed meanwhile is not known", failure);
            }
            collectOnce();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kilobytes of live objects of a process, the most that were counted; 0 if it is none of these. */
    public long mostLeft(long pid) {
        return mostLeft.getOrDefault(pid, 0L);
    }

    private void run(LiveHeap heap) {
        try {
            while (!ended) {
                collect(heap);
                Thread.sleep(PAUSE_MS);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private void collectOnce() throws IOException {
        for (var heap : heaps) {
            collect(heap);
        }
    }

    private void collect(LiveHeap heap) throws IOException {
        mostLeft.merge(heap.pid(), heap.bytes() / BYTES_PER_KILOBYTE, Math::max);
    }
}
