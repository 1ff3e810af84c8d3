package io.orderflow.proof.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What can be asked of a service, by its own OpenAPI document; makes requests that look as the document says. */
final class Operations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final int DEEPEST = 6;

    private final JsonNode document;
    private final List<Operation> all = new ArrayList<>();

    /** @param body schema of the JSON body; null when there is none */
    record Operation(
            String method,
            String path,
            List<String> pathNames,
            List<String> queryNames,
            List<String> headerNames,
            @Nullable JsonNode body) {}

    Operations(String openApi) {
        document = new JsonMapper().readTree(openApi);
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    all.add(operation(path.getKey(), method.getKey(), method.getValue()));
                }
            }
        }
    }

    private Operation operation(String path, String method, JsonNode described) {
        JsonNode body =
                described.at("/requestBody/content").path("application/json").path("schema");
        return new Operation(
                method.toUpperCase(java.util.Locale.ROOT),
                path,
                names(described, "path"),
                names(described, "query"),
                names(described, "header"),
                body.isMissingNode() ? null : body);
    }

    private static List<String> names(JsonNode described, String place) {
        List<String> names = new ArrayList<>();
        for (JsonNode parameter : described.path("parameters")) {
            if (parameter.path("in").asString("").equals(place)) {
                names.add(parameter.path("name").asString());
            }
        }
        return names;
    }

    List<Operation> all() {
        return all;
    }

    /** A body as the schema describes it; its values may still make no sense. */
    JsonNode example(JsonNode schema, Random random) {
        return example(schema, random, 0);
    }

    private JsonNode example(JsonNode schema, Random random, int depth) {
        JsonNode resolved =
                schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
        JsonNode choices = resolved.path("enum");
        if (!choices.isEmpty()) {
            return choices.get(random.nextInt(choices.size()));
        }
        if (depth > DEEPEST) {
            return JSON.nullNode();
        }
        return switch (type(resolved)) {
            case "object" -> object(resolved, random, depth);
            case "array" -> array(resolved, random, depth);
            case "integer" -> JSON.numberNode(random.nextInt(5));
            case "number" -> JSON.numberNode(random.nextInt(1000) / 100.0);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            default -> JSON.stringNode("text-" + random.nextInt(5));
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray() && !type.isEmpty()) {
            return type.get(0).asString();
        }
        return type.isMissingNode() && schema.has("properties") ? "object" : type.asString("string");
    }

    private ObjectNode object(JsonNode schema, Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            object.set(property.getKey(), example(property.getValue(), random, depth + 1));
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, Random random, int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(3); i >= 0; i--) {
            array.add(example(schema.path("items"), random, depth + 1));
        }
        return array;
    }
}
