package io.orderflow.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

class ServersForTestsIT {

    @Test
    void everyDatabaseIsANewOne() throws Exception {
        String first = TestServers.newDatabase();
        String second = TestServers.newDatabase();

        assertThat(first).isNotEqualTo(second);
        try (Connection connection =
                DriverManager.getConnection(second, TestServers.databaseUser(), TestServers.databasePassword())) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(18);
        }
    }

    @Test
    void kafkaAnswers() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestServers.bootstrapServers()))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }
    }
}
