package io.creditrefresh.local.bench;

import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How much is measured, and how often. */
public final class BenchSize {

    private static final int ACCOUNTS_MIN = 50_000;
    private static final int ACCOUNTS_MAX = 10_000_000;
    private static final int ROUNDS_MAX = 25;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "So many accounts are due at once, 50000 to 10000000; also a fifth and a hundredth of them."
                    + " Default: ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Each is measured so often, in turn, 1 to 25, and the median counts."
                    + " Default: ${DEFAULT-VALUE}.")
    private int rounds;

    /** Any size, also one that is too small to tell anything. */
    public static BenchSize of(int accounts, int rounds) {
        var size = new BenchSize();
        size.accounts = accounts;
        size.rounds = rounds;
        return size;
    }

    public int accounts() {
        return accounts;
    }

    public int rounds() {
        return rounds;
    }

    /** The first value that is out of its range, with what is allowed; empty when all are fine. */
    public Optional<String> problem() {
        return Stream.of(
                        Ranges.outside("--accounts", accounts, ACCOUNTS_MIN, ACCOUNTS_MAX),
                        Ranges.outside("--rounds", rounds, 1, ROUNDS_MAX))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
