package io.creditrefresh.planner.command;

import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The database of one command, connected to as the role that the command is meant for unless another one is given. */
final class OperatorDatabase {

    private static final int CONNECT_TIMEOUT_SECONDS = 10;
    private static final Duration NETWORK_DELAY = Duration.ofSeconds(30);
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private final String role;

    /**
     * Describes a database, not connected to yet.
     *
     * @param command its name, which the server shows with the session
     * @throws CommandFailedException if the URL is not one of Postgres
     */
    OperatorDatabase(OperatorSettings settings, String command, String role) {
        this.role = role;
        try {
            source.setUrl(settings.url());
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException("quarkus.datasource.jdbc.url: \"" + withoutSecrets(settings.url())
                    + "\" is not allowed; allowed: jdbc:postgresql://HOST:PORT/DATABASE");
        }
        if (settings.username() != null) {
            source.setUser(settings.username());
        } else if (source.getUser() == null) {
            source.setUser(role);
        }
        if (settings.password() != null) {
            source.setPassword(settings.password());
        }
        source.setApplicationName("refresh-planner " + command);
        source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        source.setTcpKeepAlive(true);
    }

    /** Gives up what takes longer: the server by itself, and the network a while after that. */
    void limit(Duration lockTimeout, Duration statementTimeout) {
        String limits = "-c lock_timeout=%ds -c statement_timeout=%ds"
                .formatted(lockTimeout.toSeconds(), statementTimeout.toSeconds());
        source.setOptions(source.getOptions() == null ? limits : source.getOptions() + " " + limits);
        source.setSocketTimeout((int) statementTimeout.plus(NETWORK_DELAY).toSeconds());
    }

    /**
     * Sees whether there is a connection to be had.
     *
     * @throws CommandFailedException if there is none
     */
    void check() {
        try {
            source.getConnection().close();
        } catch (SQLException e) {
            throw new CommandFailedException("cannot connect to " + this + ": " + reason(e));
        }
    }

    /** Opens connections; more can be set on it. */
    PGSimpleDataSource source() {
        return source;
    }

    /** What went wrong, in the server's or the driver's words, and what to do about it where that is known. */
    String reason(SQLException e) {
        ServerErrorMessage fromServer = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        String message = fromServer == null ? e.getMessage() : fromServer.getMessage();
        return message + hint(String.valueOf(e.getSQLState()));
    }

    private String hint(String sqlState) {
        return switch (sqlState) {
            case UNDEFINED_TABLE -> " (run the command migrate first)";
            case INSUFFICIENT_PRIVILEGE ->
                " (connected as %s; this command is meant for %s)".formatted(source.getUser(), role);
            default -> "";
        };
    }

    private static String withoutSecrets(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    /** The URL, without what may hold a password, and the role. */
    @Override
    public String toString() {
        return withoutSecrets(source.getUrl()) + " as " + source.getUser();
    }
}
