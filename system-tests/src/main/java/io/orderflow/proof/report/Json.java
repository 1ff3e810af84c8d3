package io.orderflow.proof.report;

import io.orderflow.proof.books.Check;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report for programs. */
public final class Json {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    public static String of(Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("passes", report.passes());
        all.put("seed", report.seed());
        all.put("seconds", report.length().toSeconds());
        all.put("tookSeconds", report.took().toSeconds());
        all.put("kills", report.kills());
        all.put("unplannedExits", report.unplannedExits());
        all.put("acceptedOrders", report.accepted());
        all.put("latencyMillis", report.latencies());
        all.put("stillUnderWay", report.left());
        all.put("checks", report.books().checks().stream().map(Json::of).toList());
        all.put("notes", report.books().notes());
        all.put(
                "faults",
                report.faults().stream()
                        .map(fault -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("what", fault.what());
                            one.put("beganMillis", fault.began().toMillis());
                            one.put("endedMillis", fault.ended().toMillis());
                            one.put("failure", fault.failure());
                            return one;
                        })
                        .toList());
        all.put("timeline", report.seconds());
        return MAPPER.writeValueAsString(all);
    }

    private static Map<String, Object> of(Check check) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", check.name());
        one.put("meaning", check.meaning());
        one.put("passes", check.passes());
        one.put("examined", check.examined());
        one.put("offending", check.offending());
        one.put("first", check.first());
        return one;
    }
}
