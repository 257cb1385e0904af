package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.machine.Backends;
import io.creditrefresh.local.bench.machine.CpuTime;
import io.creditrefresh.local.bench.machine.ThreadTime;
import io.creditrefresh.local.stack.LocalStack;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU time that the parts of a stack have used since they began.
 *
 * @param parts Postgres with all of its backends, the workers, the planner, and this process with the broker in it
 * @param threads the same by thread, in Postgres by process, as {@code part/thread}
 */
record StackCpu(Map<String, Duration> parts, Map<String, Duration> threads) {

    private static final String POSTGRES = "Postgres";

    static StackCpu read(LocalStack stack) throws IOException {
        var parts = new LinkedHashMap<String, Duration>();
        var threads = new TreeMap<String, Duration>();
        var server = stack.postgres().pid().orElseThrow();
        parts.put(POSTGRES, CpuTime.ofTree(server));
        Backends.of(server).forEach((name, time) -> threads.put(POSTGRES + "/" + name, time));
        for (var service : stack.running()) {
            add(service.service().kind().name().toLowerCase(Locale.ROOT), service.pid(), parts, threads);
        }
        add("broker", ProcessHandle.current().pid(), parts, threads);
        return new StackCpu(parts, threads);
    }

    StackCpu minus(StackCpu earlier) {
        return new StackCpu(minus(parts, earlier.parts), minus(threads, earlier.threads));
    }

    private static void add(String part, long pid, Map<String, Duration> parts, Map<String, Duration> threads)
            throws IOException {
        parts.merge(part, CpuTime.of(pid), Duration::plus);
        ThreadTime.of(pid).forEach((name, time) -> threads.merge(part + "/" + name, time, Duration::plus));
    }

    private static Map<String, Duration> minus(Map<String, Duration> later, Map<String, Duration> earlier) {
        var used = new LinkedHashMap<String, Duration>();
        later.forEach((part, time) -> used.put(part, time.minus(earlier.getOrDefault(part, Duration.ZERO))));
        return used;
    }
}
