package io.orderflow.proof.faults;

import io.orderflow.proof.load.Client;
import io.orderflow.proof.load.Client.Answer;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.proof.system.TestedSystem;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Does about parked orders what an operator does: discards the poison, and retries what waits behind it. */
public final class Operator {

    private static final Map<Kind, String> SERVICES =
            Map.of(Kind.COMMAND_SIDE, "command", Kind.SAGA, "saga", Kind.QUERY_SIDE, "query");

    private final TestedSystem system;
    private final Client client = new Client(Duration.ofSeconds(30));
    private final Consumer<String> tell;

    public Operator(TestedSystem system, Consumer<String> tell) {
        this.system = system;
        this.tell = tell;
    }

    private record Parked(String reader, String sequence, boolean poisonFirst) {}

    /** Discards all poison that stands first, and retries what stood behind it. Whatever else is parked, stays. */
    public int discardPoison() throws SQLException {
        int discarded = 0;
        for (Map.Entry<Kind, String> service : SERVICES.entrySet()) {
            URI node = system.addresses(service.getKey()).getFirst();
            for (Parked parked : parked(service.getValue())) {
                if (parked.poisonFirst()) {
                    String reader = "/api/" + service.getValue() + "/parked/" + parked.reader();
                    String sequence = "?sequence=" + URLEncoder.encode(parked.sequence(), StandardCharsets.UTF_8);
                    require(
                            client.send(node, "DELETE", reader + "/first" + sequence, null, Map.of("X-Actor", "proof")),
                            204);
                    require(client.send(node, "POST", reader + "/retry" + sequence, null, Map.of()), 200, 404);
                    discarded++;
                }
            }
        }
        if (discarded > 0) {
            tell.accept(discarded + " poisoned orders were freed by their operator");
        }
        return discarded;
    }

    private static void require(Answer answer, Integer... expected) {
        if (!List.of(expected).contains(answer.status())) {
            throw new IllegalStateException("the operator was answered " + answer);
        }
    }

    private List<Parked> parked(String schema) throws SQLException {
        List<Parked> found = new ArrayList<>();
        String sql = "select s.reader, s.sequence_id, (select r.header_names from %1$s.parked_record r"
                + " where r.reader = s.reader and r.sequence_id = s.sequence_id and r.discarded_at is null"
                + " order by r.global_index, r.id limit 1) @> array[?::text] from %1$s.parked_sequence s";
        try (Connection connection = system.database().connect();
                PreparedStatement question = connection.prepareStatement(sql.formatted(schema))) {
            question.setString(1, Poison.MARK);
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    found.add(new Parked(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
                }
            }
        }
        return found;
    }
}
