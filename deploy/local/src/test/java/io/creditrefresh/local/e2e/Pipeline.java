package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.local.day.JobsTopic;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.sample.SampleUsers;
import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.CommandResult;
import io.creditrefresh.local.stack.DayClock;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Ports;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Real processes on real servers, with sample users whose day is simulated, and what must hold afterwards. */
final class Pipeline implements AutoCloseable {

    static final LocalDate DAY = LocalDate.parse("2026-11-19");

    private static final Duration LIMIT = Duration.ofSeconds(150);
    private static final int MOST_WORKERS = 3;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    // A service needs so many times as long as the migration command until it is ready, when several start at once.
    private static final int SERVICE_TO_COMMAND = 8;
    private static final Duration SHORTEST_LEAD = Duration.ofSeconds(6);

    private final LocalStack stack;
    private final Path directory;
    private Duration lead = SHORTEST_LEAD;

    Pipeline(Path directory) {
        this.directory = directory;
        this.stack = new LocalStack(directory, Ports.free(MOST_WORKERS), Artefacts.find());
        stack.startServers();
    }

    LocalStack stack() {
        return stack;
    }

    /** Migrates, and imports sample users while the clock stands at the day's first minute. */
    void importUsers(int users) {
        Path file = directory.resolve("users.csv");
        new SampleUsers(DAY).write(file, users);
        importUsers(file);
    }

    /** The same with the users of an old user table. */
    void importUsers(String csv) throws IOException {
        importUsers(Files.writeString(directory.resolve("users.csv"), csv));
    }

    private void importUsers(Path file) {
        stack.useClock(DayClock.standingAt(SimulatedDay.startOf(DAY)));
        CommandResult migration = succeeded(stack.run("migrate", "credit_owner", "migrate"));
        Duration estimate = migration.took().multipliedBy(SERVICE_TO_COMMAND);
        lead = estimate.compareTo(SHORTEST_LEAD) < 0 ? SHORTEST_LEAD : estimate;
        succeeded(stack.run("import", "credit_operator", "import", file.toString()));
    }

    /** Starts the day's clock when services that are started now will usually be ready; they are given it from now on. */
    void beginDay(double speed) {
        beginDay(speed, SimulatedDay.endOf(DAY));
    }

    /** The same day at normal speed from {@code until} on; returns its clock. */
    InstantSource beginDay(double speed, Instant until) {
        Clock real = Clock.systemUTC();
        DayClock clock = new DayClock(real.instant().plus(lead), SimulatedDay.startOf(DAY), speed, until);
        stack.useClock(clock);
        return clock.on(real);
    }

    void start(Service... services) throws InterruptedException {
        for (Service service : services) {
            stack.start(service);
        }
        for (Service service : services) {
            assertThat(stack.running(service).orElseThrow().awaitReady(LIMIT))
                    .as("%s is ready", service.name())
                    .isTrue();
        }
    }

    long refreshed() {
        return count("SELECT count(*) FROM ledger_entry WHERE type = 'REFRESH'");
    }

    /** Accounts that the day still has to refresh. */
    long open() {
        return count(
                "SELECT count(*) FROM credit_account a WHERE a.refresh_at < '" + SimulatedDay.endOf(DAY) + "'"
                        + " AND NOT EXISTS (SELECT FROM refresh_failure f WHERE f.account_id = a.id AND f.due_at = a.period_end)");
    }

    /** Waits for the middle of the day: so many refreshed, and as many still open, at the moment of return. */
    void awaitMiddle(int atLeast) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(50)).until(() -> refreshed() >= atLeast);
        assertThat(refreshed()).isGreaterThanOrEqualTo(atLeast);
        assertThat(open()).isGreaterThanOrEqualTo(atLeast);
    }

    void awaitEndOfWork() {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> open() == 0);
    }

    /** What must hold after every scenario: all accounted for, each once, a sound ledger, and a replay without effect. */
    void assertSoundAndReplayable() throws Exception {
        assertSound();
        long users = count("SELECT count(*) FROM credit_account");
        long held = count("SELECT count(*) FROM credit_account WHERE refresh_at IS NULL");
        assertThat(refreshed()).isEqualTo(users - held);
        assertThat(count("SELECT count(*) FROM (SELECT FROM ledger_entry WHERE type = 'REFRESH' GROUP BY account_id"
                        + " HAVING count(*) > 1) AS twice"))
                .isZero();
        assertReplayChangesNothing();
        assertSound();
    }

    /** Nothing that was disturbed may have turned a service's liveness down: Kubernetes would have restarted it. */
    void assertAllAlive() throws Exception {
        for (ServiceProcess process : stack.running()) {
            assertThat(get(process, "/q/health/live").statusCode())
                    .as(process.name())
                    .isEqualTo(200);
        }
    }

    /** The sum of a metric over its tags. */
    static double metric(ServiceProcess process, String name) throws Exception {
        return get(process, "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Asks the management port. */
    static HttpResponse<String> get(ServiceProcess process, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(process.managementUrl() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    void assertSound() throws SQLException {
        try (Connection connection = stack.connect(PostgresServer.SUPERUSER)) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
        assertThat(open()).isZero();
    }

    private void assertReplayChangesNothing() throws Exception {
        List<Service> workers = stack.running().stream()
                .map(process -> process.service())
                .filter(service -> service.kind() == Service.Kind.WORKER)
                .toList();
        workers.forEach(worker -> stack.running(worker).orElseThrow().stop());
        String before = fingerprint();
        rewind();

        start(Service.worker(1));
        try (JobsTopic topic = new JobsTopic(stack.kafka().bootstrapServers())) {
            await().atMost(LIMIT).ignoreExceptions().until(() -> topic.acknowledged() >= topic.emitted());
        }

        assertThat(fingerprint()).isEqualTo(before);
        assertThat(count("SELECT coalesce(sum(already), 0) FROM refresh_batch")).isGreaterThanOrEqualTo(refreshed());
    }

    private void rewind() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> start = IntStream.range(0, LocalStack.PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(Topics.REFRESH_JOBS, partition),
                        partition -> new OffsetAndMetadata(0)));
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.kafka().bootstrapServers()))) {
            // A worker that was killed counts as a member until its session times out.
            await().atMost(LIMIT).ignoreExceptions().until(() -> {
                admin.alterConsumerGroupOffsets(Topics.WORKER_GROUP, start)
                        .all()
                        .get();
                return true;
            });
        }
    }

    /** Of every row of both tables. */
    String fingerprint() {
        return query("SELECT (SELECT md5(string_agg(a::text, '|' ORDER BY id)) FROM credit_account a)"
                + " || (SELECT md5(string_agg(e::text, '|' ORDER BY account_id, seq)) FROM ledger_entry e)");
    }

    long count(String sql) {
        return Long.parseLong(query(sql));
    }

    String query(String sql) {
        try (Connection connection = stack.connect(PostgresServer.SUPERUSER);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Changes accounts and their subscribers in one transaction, with entries that move no credits.
     *
     * @param which accounts, as a condition
     * @param account assignments to columns of the account
     * @param subscriber the same for the subscriber
     */
    void change(String which, String account, String subscriber) throws SQLException {
        execute("""
                WITH changed AS (
                    UPDATE credit_account
                    SET version = version + 1, %s
                    WHERE %s
                    RETURNING id, subscriber_id, version, period_start, allowance + bonus AS balance
                ), told AS (
                    UPDATE subscriber
                    SET %s
                    WHERE id IN (SELECT subscriber_id FROM changed)
                )
                INSERT INTO ledger_entry (
                    account_id, seq, created_at, period_start, amount, balance_before, balance_after, type, actor)
                SELECT id, version, '%s', period_start, 0, balance, balance, 'SETTINGS', 'admin'
                FROM changed
                """.formatted(account, which, subscriber, SimulatedDay.startOf(DAY)));
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = stack.connect(PostgresServer.SUPERUSER);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        stack.close();
    }

    private static CommandResult succeeded(CommandResult result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result;
    }
}
