package io.creditrefresh.local.bench.http;

import java.time.Duration;

/**
 * One round: each of the four was measured for the same time, one after the other.
 *
 * @param loadBefore load of the machine as the round began
 */
record HttpRound(Step tpcb, Step most, Step consume, Step status, double loadBefore) {

    /**
     * One measurement.
     *
     * @param perSecond transactions or answers
     * @param p50 milliseconds; 0 where the tool does not tell
     * @param p99 the same
     * @param api microseconds of CPU per transaction or answer
     * @param postgres the same
     * @param tool the same
     */
    record Step(double perSecond, double p50, double p99, double api, double postgres, double tool) {

        static Step of(double perSecond, double p50, double p99, int seconds, HttpCpu used) {
            var count = perSecond * seconds;
            return new Step(
                    perSecond,
                    p50,
                    p99,
                    micros(used.api()) / count,
                    micros(used.postgres()) / count,
                    micros(used.tool()) / count);
        }

        private static double micros(Duration duration) {
            return duration.toNanos() / 1e3;
        }
    }

    /** How many spends there are for one transaction of the other benchmark. */
    double consumeToTpcb() {
        return most.perSecond() / tpcb.perSecond();
    }
}
