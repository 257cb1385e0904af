package io.creditrefresh.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The ports of a run, all counted from one base.
 *
 * @param base 1024 to 65,476
 */
public record Ports(int base) {

    public static final int BASE_MIN = 1_024;

    private static final int APIS_MAX = 3;
    private static final int PLANNERS_MAX = 3;
    private static final int WORKERS_MAX = 20;
    private static final int MANAGEMENT = 30;

    /** Leaves room for the management port of the last worker. */
    public static final int BASE_MAX = 65_535 - 9 - MANAGEMENT - WORKERS_MAX;

    private static final int CONNECT_LIMIT_MS = 500;
    private static final int FREE_BASE = 20_000;
    private static final int FREE_RANGE = 100;
    private static final int FREE_RANGES = 120;

    public Ports {
        if (base < BASE_MIN || base > BASE_MAX) {
            throw new IllegalArgumentException("a port base is %d to %d: %d".formatted(BASE_MIN, BASE_MAX, base));
        }
    }

    /**
     * Ports that nobody uses at this moment, for tests that run side by side. They lie below those that the operating
     * system gives to outgoing connections.
     *
     * @param workers at most 20
     */
    public static Ports free(int workers) {
        for (int i = 0; i < FREE_RANGES; i++) {
            var range = Math.floorMod(ProcessHandle.current().pid() + i, FREE_RANGES);
            var ports = new Ports(FREE_BASE + range * FREE_RANGE);
            if (ports.inUse(workers).isEmpty()) {
                return ports;
            }
        }
        throw new IllegalStateException("no free range of ports");
    }

    public int postgres() {
        return base + 2;
    }

    public int kafka() {
        return base + 3;
    }

    public int kafkaController() {
        return base + 4;
    }

    /** The HTTP port of a service. */
    public int of(Service service) {
        return switch (service.kind()) {
            case API -> service.number() == 1 ? base : base + 5 + checked(service);
            case PLANNER -> service.number() == 1 ? base + 1 : base + 3 + checked(service);
            case WORKER -> base + 9 + checked(service);
        };
    }

    /** The port on which a service answers for health, metrics and OpenAPI. */
    public int managementOf(Service service) {
        return switch (service.kind()) {
            case API -> base + MANAGEMENT + (service.number() == 1 ? 0 : 2 + checked(service));
            case PLANNER -> base + MANAGEMENT + checked(service);
            case WORKER -> base + MANAGEMENT + 9 + checked(service);
        };
    }

    /** The base URL of a service. */
    public String url(Service service) {
        return "http://localhost:" + of(service);
    }

    /** The base URL under which a service has {@code /q/health} and {@code /q/metrics}. */
    public String managementUrl(Service service) {
        return "http://localhost:" + managementOf(service);
    }

    /** The first port that a run with so many workers needs and somebody else uses, with how to choose others. */
    public Optional<String> inUse(int workers) {
        return needed(workers).entrySet().stream()
                .filter(needed -> isInUse(needed.getValue()))
                .findFirst()
                .map(taken -> "Port %d (%s) is in use. Choose other ports with --port-base, for example --port-base %d."
                        .formatted(taken.getValue(), taken.getKey(), otherBase()));
    }

    private Map<String, Integer> needed(int workers) {
        var needed = new LinkedHashMap<String, Integer>();
        var services = Stream.concat(
                Stream.of(Service.API, Service.PLANNER),
                IntStream.rangeClosed(1, workers).mapToObj(Service::worker));
        services.forEach(service -> {
            needed.put(service.name(), of(service));
            needed.put(service.name() + " management", managementOf(service));
        });
        needed.put("Postgres", postgres());
        needed.put("Kafka", kafka());
        needed.put("Kafka controller", kafkaController());
        return needed;
    }

    private int otherBase() {
        return base + 1_000 <= BASE_MAX ? base + 1_000 : base - 1_000;
    }

    private static int checked(Service service) {
        int most =
                switch (service.kind()) {
                    case API -> APIS_MAX;
                    case PLANNER -> PLANNERS_MAX;
                    case WORKER -> WORKERS_MAX;
                };
        if (service.number() > most) {
            throw new IllegalArgumentException(
                    "the last one with ports is number %d: %s".formatted(most, service.name()));
        }
        return service.number();
    }

    /** Binding alone does not find a listener on another address of the same port everywhere, connecting does. */
    private static boolean isInUse(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_LIMIT_MS);
            return true;
        } catch (IOException e) {
            // Nobody answers; somebody may still have bound it.
        }
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
