package io.orderflow.proof.clients;

import io.orderflow.proof.clients.Operations.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a request what no decent client would send. */
final class Mischief {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "'; drop table command.domain_event_entry; --",
            "\" or \"1\"=\"1",
            "<script>alert(1)</script>",
            "${jndi:ldap://127.0.0.1/a}",
            "#{T(java.lang.Runtime).getRuntime().exec('id')}",
            "../../../etc/passwd",
            "%00%0d%0aSet-Cookie: a=b",
            "\r\nX-Injected: yes",
            "\uD800",
            "\uD83D\uDE00".repeat(50),
            "\u202Etxet",
            "e\u0301\u0301\u0301",
            "null",
            "NaN",
            "-1",
            "99999999999999999999999999",
            "1e999999999",
            "0x10",
            "true",
            "[]",
            "{}",
            "00000000-0000-0000-0000-000000000000",
            "x".repeat(300),
            "y".repeat(20_000));

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-16",
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "nonsense",
            "*/*");

    private final Random random;

    Mischief(Random random) {
        this.random = random;
    }

    /** A request as it goes over the wire. */
    record Request(String method, String path, Map<String, String> headers, byte[] body) {}

    Request request(Operation operation, JsonNode example) {
        String path = operation.path();
        for (String name : operation.pathNames()) {
            path = path.replace("{" + name + "}", encoded(text()));
        }
        List<String> query = new ArrayList<>();
        for (String name : operation.queryNames()) {
            if (random.nextBoolean()) {
                query.add(name + "=" + encoded(text()));
            }
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", random.nextInt(5) == 0 ? oneOf(TYPES) : "application/json");
        for (String name : operation.headerNames()) {
            if (random.nextInt(3) == 0) {
                headers.put(name, printable(text()));
            }
        }
        byte[] body = operation.body() == null && random.nextInt(3) > 0 ? new byte[0] : body(example);
        return new Request(
                random.nextInt(30) == 0
                        ? oneOf(List.of("PATCH", "DELETE", "PUT", "POST", "TRACE"))
                        : operation.method(),
                query.isEmpty() ? path : path + "?" + String.join("&", query),
                headers,
                body);
    }

    private byte[] body(JsonNode example) {
        return switch (random.nextInt(12)) {
            case 0 -> broken(bytes(example.toString()));
            case 1 -> bytes("[".repeat(1 + random.nextInt(50_000)));
            case 2 -> bytes("{\"lines\":" + "{\"a\":".repeat(2000) + "1" + "}".repeat(2000) + "}");
            case 3 -> bytes(text());
            case 4 -> noise();
            case 5 -> bytes(example.toString() + example);
            case 6 -> example.toString().getBytes(StandardCharsets.UTF_16);
            case 7 -> bytes("{\"customerId\":\"" + "z".repeat(400_000) + "\"}");
            default -> bytes(spoiled(example).toString());
        };
    }

    private byte[] broken(byte[] good) {
        byte[] cut = Arrays.copyOf(good, random.nextInt(good.length + 1));
        for (int i = 0; i < cut.length && i < 3; i++) {
            cut[random.nextInt(cut.length)] = (byte) random.nextInt(256);
        }
        return cut;
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(2000)];
        random.nextBytes(noise);
        return noise;
    }

    /** The same, with one to three of its values replaced, left out, or added. */
    private JsonNode spoiled(JsonNode example) {
        JsonNode copy = example.deepCopy();
        for (int i = random.nextInt(3); i >= 0; i--) {
            copy = spoiledOnce(copy);
        }
        return copy;
    }

    private JsonNode spoiledOnce(JsonNode node) {
        if (node instanceof ObjectNode object && !object.isEmpty() && random.nextInt(8) > 0) {
            String name = oneOf(List.copyOf(object.propertyNames()));
            switch (random.nextInt(6)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(text(), value());
                default -> object.set(name, spoiledOnce(object.get(name)));
            }
            return object;
        }
        if (node instanceof ArrayNode array && !array.isEmpty() && random.nextInt(8) > 0) {
            int place = random.nextInt(array.size());
            array.set(place, spoiledOnce(array.get(place)));
            if (random.nextInt(10) == 0) {
                for (int i = 0; i < 2000; i++) {
                    array.add(array.get(place));
                }
            }
            return array;
        }
        return value();
    }

    private JsonNode value() {
        return switch (random.nextInt(9)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(Long.MAX_VALUE);
            case 2 -> JSON.numberNode(-1);
            case 3 -> JSON.numberNode(new java.math.BigDecimal("1e300"));
            case 4 -> JSON.numberNode(0.1);
            case 5 -> JSON.booleanNode(true);
            case 6 -> JSON.arrayNode();
            case 7 -> JSON.objectNode();
            default -> JSON.stringNode(text());
        };
    }

    private String text() {
        return oneOf(TEXTS);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What can be in a header at all; the rest no client can send. */
    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
