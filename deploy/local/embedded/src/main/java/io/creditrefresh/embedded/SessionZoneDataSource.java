package io.creditrefresh.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections whose session is in a given time zone; the driver alone would always take that of the JVM. */
final class SessionZoneDataSource extends PGSimpleDataSource {

    private final transient ZoneId zone;

    SessionZoneDataSource(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return inZone(super.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return inZone(super.getConnection(user, password));
    }

    private Connection inZone(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute("SET TIME ZONE '%s'".formatted(zone.getId()));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
