package io.creditrefresh.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void countsEveryPortFromTheBase() {
        var ports = new Ports(18_080);

        assertThat(ports.of(Service.API)).isEqualTo(18_080);
        assertThat(ports.of(Service.PLANNER)).isEqualTo(18_081);
        assertThat(ports.postgres()).isEqualTo(18_082);
        assertThat(ports.kafka()).isEqualTo(18_083);
        assertThat(ports.kafkaController()).isEqualTo(18_084);
        assertThat(ports.of(Service.planner(2))).isEqualTo(18_085);
        assertThat(ports.of(Service.planner(6))).isEqualTo(18_089);
        assertThat(ports.of(Service.worker(1))).isEqualTo(18_090);
        assertThat(ports.url(Service.worker(2))).isEqualTo("http://localhost:18091");
    }

    @Test
    void saysWhichPortIsInUseAndHowToChangeIt() throws IOException {
        var ports = Ports.free(2);
        try (var taken = listenOn(ports.of(Service.worker(2)))) {

            var problem = ports.inUse(2);

            assertThat(problem)
                    .contains(
                            "Port %d (worker-2) is in use. Choose other ports with --port-base, for example --port-base %d."
                                    .formatted(taken.getLocalPort(), ports.base() + 1_000));
        }
    }

    @Test
    void doesNotMindAPortThatItDoesNotNeed() throws IOException {
        var ports = Ports.free(2);
        try (var taken = listenOn(ports.of(Service.worker(2)))) {

            var problem = ports.inUse(1);

            assertThat(taken.isBound()).isTrue();
            assertThat(problem).isEmpty();
        }
    }

    @Test
    void refusesABaseWithoutRoomForWorkers() {
        assertThatThrownBy(() -> new Ports(65_500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a port base is 1024 to 65423: 65500");
    }

    private static ServerSocket listenOn(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
