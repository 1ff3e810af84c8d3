package io.orderflow.bench.bed;

import io.orderflow.proof.system.ServiceNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the framework has instead of a service of ours: a program from the class path of this one. */
final class StockNode extends ServiceNode {

    private static final String NAME = "stock";
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private final Class<?> program;

    StockNode(Kind kind, Class<?> program, Path logs, int port, Map<String, String> settings, List<String> jvm) {
        super(NAME, kind, Path.of("."), logs, port, settings, jvm);
        this.program = program;
    }

    @Override
    protected List<String> program() {
        return List.of("-cp", CLASS_PATH, program.getName());
    }
}
