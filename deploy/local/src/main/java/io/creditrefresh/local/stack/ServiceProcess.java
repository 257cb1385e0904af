package io.creditrefresh.local.stack;

import io.creditrefresh.local.process.ProcessEnd;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** A service that was started as a process. Once it has ended it stays ended; the stack starts a new one. */
public final class ServiceProcess {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration HTTP_LIMIT = Duration.ofSeconds(5);
    private static final int POLL_MS = 100;

    private final Service service;
    private final Process process;
    private final Ports ports;
    private final Path log;
    private volatile boolean askedToEnd;

    ServiceProcess(Service service, Process process, Ports ports, Path log) {
        this.service = service;
        this.process = process;
        this.ports = ports;
        this.log = log;
    }

    public Service service() {
        return service;
    }

    public String name() {
        return service.name();
    }

    /** The base URL. */
    public String url() {
        return ports.url(service);
    }

    /** The base URL of everything under {@code /q}. */
    public String managementUrl() {
        return ports.managementUrl(service);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code; 128 + the number of the signal that ended it; empty while it runs. */
    public OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Standard output and error of this process and of earlier ones of the same name. */
    public Path log() {
        return log;
    }

    /** The last lines of the log, oldest first. */
    public List<String> lastLines(int count) {
        return LogTail.of(log, count);
    }

    /** Whether {@code /q/health/ready} says so. */
    public boolean isReady() {
        return process.isAlive() && managementStatus("/q/health/ready") == 200;
    }

    /** Waits until it is ready; false when it has ended or the limit has passed. */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (isReady()) {
                return true;
            }
            Thread.sleep(POLL_MS);
        }
        return false;
    }

    /** Asks it to stop (SIGTERM), kills it after 30 s, and returns when it has ended. */
    public void stop() {
        askToEnd();
        ProcessEnd.stop(List.of(process.toHandle()), STOP_LIMIT);
    }

    /** Kills it without warning (SIGKILL) and returns when it has ended. */
    public void kill() {
        askedToEnd = true;
        process.destroyForcibly();
        ProcessEnd.haveEnded(List.of(process.toHandle()), STOP_LIMIT);
    }

    /** Whether somebody ended it on purpose. */
    boolean wasAskedToEnd() {
        return askedToEnd;
    }

    void askToEnd() {
        askedToEnd = true;
        process.destroy();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    private int managementStatus(String path) {
        var request = HttpRequest.newBuilder(URI.create(managementUrl() + path))
                .timeout(HTTP_LIMIT)
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
