package io.creditrefresh.local.bench.machine;

import java.time.Duration;
import java.util.function.Supplier;

/** CPU time that processes have used since they began; the difference of two readings is what happened in between. */
public final class CpuTime {

    private static final int READINGS = 100;

    private CpuTime() {}

    /** Of one process. */
    public static Duration of(long pid) {
        return ProcessStat.of(pid)
                .map(ProcessStat::own)
                .orElseThrow(() -> new IllegalStateException("there is no process " + pid + ", or no /proc"));
    }

    /** Of this process. */
    public static Duration ofThisProcess() {
        return of(ProcessHandle.current().pid());
    }

    /** Of the children of this process that have ended. */
    public static Duration ofEndedChildren() {
        return ProcessStat.of(ProcessHandle.current().pid())
                .map(ProcessStat::ended)
                .orElseThrow(() -> new IllegalStateException("there is no /proc"));
    }

    /** Of a process with its children, those that have ended included: a Postgres server with all of its backends. */
    public static Duration ofTree(long pid) {
        return ofTree(
                () -> ProcessStat.of(pid)
                        .orElseThrow(() -> new IllegalStateException("there is no process " + pid + ", or no /proc")),
                () -> ofChildren(pid));
    }

    /**
     * A child that ends meanwhile would be in both readings or in none: what its parent says of those that have ended must
     * be the same before and after the children are read.
     */
    static Duration ofTree(Supplier<ProcessStat> parent, Supplier<Duration> children) {
        for (int i = 0; i < READINGS; i++) {
            var before = parent.get();
            var running = children.get();
            var after = parent.get();
            if (after.ended().equals(before.ended())) {
                return after.own().plus(after.ended()).plus(running);
            }
        }
        throw new IllegalStateException("a child ended during each of %d readings".formatted(READINGS));
    }

    private static Duration ofChildren(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .flatMap(child -> ProcessStat.of(child.pid()).stream())
                .map(ProcessStat::own)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
