package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.bench.machine.CpuTime;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.ServiceProcess;
import java.time.Duration;

/**
 * CPU time that the parts have used since they began.
 *
 * @param postgres with all of its backends
 * @param tool of the programs that this process has run and has seen end
 */
record HttpCpu(Duration api, Duration postgres, Duration tool) {

    static HttpCpu read(LocalStack stack, ServiceProcess api) {
        return new HttpCpu(
                CpuTime.of(api.pid()), CpuTime.ofTree(stack.postgres().pid().orElseThrow()), CpuTime.ofEndedChildren());
    }

    HttpCpu minus(HttpCpu earlier) {
        return new HttpCpu(api.minus(earlier.api), postgres.minus(earlier.postgres), tool.minus(earlier.tool));
    }
}
