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
        assertThat(ports.of(Service.planner(3))).isEqualTo(18_086);
        assertThat(ports.of(Service.api(2))).isEqualTo(18_087);
        assertThat(ports.of(Service.api(3))).isEqualTo(18_088);
        assertThat(ports.of(Service.worker(1))).isEqualTo(18_090);
        assertThat(ports.of(Service.worker(20))).isEqualTo(18_109);
        assertThat(ports.managementOf(Service.API)).isEqualTo(18_110);
        assertThat(ports.managementOf(Service.PLANNER)).isEqualTo(18_111);
        assertThat(ports.managementOf(Service.planner(3))).isEqualTo(18_113);
        assertThat(ports.managementOf(Service.api(2))).isEqualTo(18_114);
        assertThat(ports.managementOf(Service.api(3))).isEqualTo(18_115);
        assertThat(ports.managementOf(Service.worker(1))).isEqualTo(18_120);
        assertThat(ports.managementOf(Service.worker(20))).isEqualTo(18_139);
        assertThat(ports.url(Service.worker(2))).isEqualTo("http://localhost:18091");
        assertThat(ports.managementUrl(Service.worker(2))).isEqualTo("http://localhost:18121");
    }

    @Test
    void needsTheManagementPortsToo() throws IOException {
        var ports = Ports.free(1);
        try (var taken = listenOn(ports.managementOf(Service.PLANNER))) {

            var problem = ports.inUse(1);

            assertThat(problem)
                    .get()
                    .asString()
                    .startsWith("Port %d (planner management) is in use.".formatted(taken.getLocalPort()));
        }
    }

    @Test
    void endsWithTheLastPortThereIs() {
        var ports = new Ports(Ports.BASE_MAX);

        assertThat(ports.managementOf(Service.worker(20))).isEqualTo(65_535);
        assertThatThrownBy(() -> ports.of(Service.worker(21)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the last one with ports is number 20: worker-21");
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
                .hasMessage("a port base is 1024 to 65476: 65500");
    }

    private static ServerSocket listenOn(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
