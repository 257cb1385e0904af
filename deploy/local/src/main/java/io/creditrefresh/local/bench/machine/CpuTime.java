package io.creditrefresh.local.bench.machine;

import java.time.Duration;

/** CPU time that processes have used since they began; the difference of two readings is what happened in between. */
public final class CpuTime {

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
        var root = ProcessStat.of(pid)
                .orElseThrow(() -> new IllegalStateException("there is no process " + pid + ", or no /proc"));
        var children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::children)
                .flatMap(child -> ProcessStat.of(child.pid()).stream())
                .map(ProcessStat::own)
                .reduce(Duration.ZERO, Duration::plus);
        return root.own().plus(root.ended()).plus(children);
    }
}
