package io.creditrefresh.worker.health;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of a worker process: its host, which in Kubernetes is its pod, and its process id. */
final class WorkerId {

    private WorkerId() {}

    static String ofThisProcess() {
        return host() + ":" + ProcessHandle.current().pid();
    }

    private static String host() {
        String host = System.getenv("HOSTNAME");
        if (host != null && !host.isBlank()) {
            return host;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
