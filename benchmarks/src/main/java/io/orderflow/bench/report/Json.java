package io.orderflow.bench.report;

import io.orderflow.bench.measure.Figure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The results for programs. */
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    public static String of(Results results) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", results.environment().machine());
        all.put("commit", results.environment().commit());
        all.put("at", results.environment().at().toString());
        all.put("java", results.environment().java());
        all.put("kafka", results.environment().kafka());
        all.put("settings", results.environment().settings());
        all.put("command", results.environment().command());
        all.put("stages", results.figures().stream().map(Json::of).toList());
        return MAPPER.writeValueAsString(all) + "\n";
    }

    private static Map<String, Object> of(Figure figure) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("stage", figure.stage());
        one.put("variant", figure.variant());
        one.put("unit", figure.unit());
        one.put("median", rounded(figure.median()));
        one.put("min", rounded(figure.min()));
        one.put("max", rounded(figure.max()));
        if (figure.latency() != null) {
            one.put("p50Millis", rounded(figure.latency().p50()));
            one.put("p99Millis", rounded(figure.latency().p99()));
            one.put("p999Millis", rounded(figure.latency().p999()));
            one.put("maxMillis", rounded(figure.latency().max()));
        }
        one.put("cpuMicrosPerUnit", rounded(figure.cpuMicrosPerUnit()));
        one.put("bytesPerUnit", rounded(figure.bytesPerUnit()));
        if (figure.yardstick() != null) {
            one.put("yardstickName", figure.yardstick().name());
            one.put("yardstick", rounded(figure.yardstick().value()));
            one.put("ratio", rounded(figure.yardstick().ratio(figure)));
        }
        return one;
    }

    private static Map<String, Double> rounded(Map<String, Double> values) {
        Map<String, Double> rounded = new TreeMap<>();
        values.forEach((name, value) -> rounded.put(name, Math.round(value * 100) / 100.0));
        return rounded;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
