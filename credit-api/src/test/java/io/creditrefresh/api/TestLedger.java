package io.creditrefresh.api;

import io.creditrefresh.ledger.store.AccountFixture;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** The database of the API under test, for tests to plant and to look. */
public final class TestLedger {

    private TestLedger() {}

    public static long insert(AccountFixture account) {
        try (Connection connection = connection()) {
            return account.insert(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void execute(String sql) {
        try (Connection connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row as text. */
    public static String query(String sql) {
        try (Connection connection = connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without, nobody gets in, and who is in is thrown out. */
    public static void allowConnections(boolean allow) {
        PGSimpleDataSource source = source();
        String name = source.getDatabaseName();
        source.setDatabaseName("postgres");
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allow);
            if (!allow) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a superuser; the caller closes it. */
    public static Connection connection() throws SQLException {
        return source().getConnection();
    }

    /** As one of the services' roles. */
    public static DataSource as(String role) {
        PGSimpleDataSource source = source();
        source.setUser(role);
        return source;
    }

    private static PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class));
        source.setUser("postgres");
        return source;
    }
}
