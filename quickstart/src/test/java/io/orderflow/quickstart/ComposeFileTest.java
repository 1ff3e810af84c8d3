package io.orderflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.servers.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The compose file and the front door's configuration fit the services, as far as that can be told without Docker. */
class ComposeFileTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)[:}]");
    private static final Pattern UPSTREAM = Pattern.compile("reverse_proxy ([a-z-]+):([0-9]+)");

    private final Map<String, Map<String, Object>> services = services();

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() {
        Map<String, Object> file = new Yaml().load(read("docker-compose.yml"));
        return Objects.requireNonNull((Map<String, Map<String, Object>>) file.get("services"));
    }

    private static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyImageIsPinned() {
        assertThat(services.values())
                .allSatisfy(service ->
                        assertThat((String) service.get("image")).matches("[a-z0-9./-]+:v?[0-9][0-9a-z.-]*"));
    }

    @Test
    void theServersAreThoseOfTheTests() {
        assertThat(service("postgres")).containsEntry("image", TestServers.POSTGRES_IMAGE);
        assertThat(service("kafka")).containsEntry("image", TestServers.KAFKA_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "saga", "query-side"})
    void aServiceIsGivenOnlyWhatItReads(String name) {
        Set<String> readByService = matches(PLACEHOLDER, read(name + "/src/main/resources/" + name + ".yml"))
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(environment(name).keySet()).isSubsetOf(readByService);
        assertThat(environment(name))
                .containsKeys("ORDERFLOW_DB_URL", "ORDERFLOW_DB_USER", "ORDERFLOW_DB_PASSWORD", "ORDERFLOW_KAFKA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "saga", "query-side"})
    void aServiceFindsItsDatabaseAndItsBroker(String name) {
        String password = (String) environment("postgres").get("POSTGRES_PASSWORD");

        assertThat((String) environment(name).get("ORDERFLOW_DB_URL"))
                .startsWith("jdbc:postgresql://postgres:5432/"
                        + environment("postgres").get("POSTGRES_DB") + "?");
        assertThat(environment(name)).containsEntry("ORDERFLOW_DB_PASSWORD", password);
        assertThat((String) environment("kafka").get("KAFKA_ADVERTISED_LISTENERS"))
                .contains("INSIDE://" + environment(name).get("ORDERFLOW_KAFKA"));
    }

    @Test
    void eachServiceHasASchemaOfItsOwn() {
        List<String> names = List.of("command-side", "saga", "query-side");

        assertThat(names)
                .extracting(name -> environment(name).get("ORDERFLOW_DB_URL"))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"command-side", "saga", "query-side"})
    void aServiceRunsTheJarThatTheBuildMakes(String name) {
        String version = matches(Pattern.compile("<version>([^<]*)</version>\\s*<packaging>pom"), read("pom.xml"))
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();

        assertThat(list(name, "volumes"))
                .contains("./%1$s/target/%1$s-%2$s-exec.jar:/app.jar:ro".formatted(name, version));
        assertThat(read(name + "/pom.xml")).contains("<artifactId>spring-boot-maven-plugin</artifactId>");
    }

    @Test
    void theFrontDoorForwardsToThePortsOfTheServices() {
        List<MatchResult> upstreams =
                matches(UPSTREAM, read("deploy/Caddyfile")).toList();

        assertThat(upstreams).extracting(upstream -> upstream.group(1)).contains("command-side", "saga", "query-side");
        assertThat(upstreams)
                .allSatisfy(upstream -> assertThat(environment(upstream.group(1)))
                        .containsEntry("SERVER_PORT", Integer.valueOf(upstream.group(2))));
    }

    @Test
    void whatIsPublishedIsPublishedOnLoopbackAndOnce() {
        List<String> ports = services.keySet().stream()
                .flatMap(name -> list(name, "ports").stream())
                .toList();

        assertThat(ports).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        assertThat(ports)
                .extracting(port -> port.split(":", -1)[1])
                .doesNotHaveDuplicates()
                .contains("8080");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> environment(String service) {
        return Objects.requireNonNull((Map<String, Object>) service(service).get("environment"));
    }

    @SuppressWarnings("unchecked")
    private List<String> list(String service, String key) {
        return (List<String>) service(service).getOrDefault(key, List.of());
    }

    private Map<String, Object> service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
