package io.orderflow.quickstart.compat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object as it came. Names are found in any case; numbers are exact. */
record Body(JsonNode json) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws BadBody when it is not a JSON object */
    static Body parse(@Nullable String text) {
        try {
            return of(text == null ? null : MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw new BadBody("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    static Body of(@Nullable JsonNode json) {
        if (json == null || !json.isObject()) {
            throw new BadBody("a JSON object is expected");
        }
        return new Body(json);
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    private Optional<JsonNode> find(String name) {
        return json.properties().stream()
                .filter(property -> property.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .filter(value -> !value.isNull())
                .findFirst();
    }

    JsonNode get(String name) {
        return find(name).orElseThrow(() -> new BadBody(name + " is missing"));
    }

    /** A name or a number that names something. */
    String id(String name) {
        JsonNode value = get(name);
        if (!value.isString() && !value.isIntegralNumber()) {
            throw new BadBody(name + " must be a string or a whole number");
        }
        return value.asString();
    }

    @Nullable String optionalText(String name) {
        return find(name)
                .map(value -> checked(value, JsonNode::isString, name + " must be a string")
                        .asString())
                .orElse(null);
    }

    int quantity(String name) {
        return checked(
                        get(name),
                        value -> value.isIntegralNumber() && value.canConvertToInt(),
                        name + " must be a whole number")
                .asInt();
    }

    BigDecimal amount(String name) {
        return checked(get(name), JsonNode::isNumber, name + " must be a number")
                .decimalValue();
    }

    private static JsonNode checked(JsonNode value, Function<JsonNode, Boolean> condition, String otherwise) {
        if (!condition.apply(value)) {
            throw new BadBody(otherwise);
        }
        return value;
    }
}
