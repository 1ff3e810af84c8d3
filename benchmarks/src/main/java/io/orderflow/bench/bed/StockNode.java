package io.orderflow.bench.bed;

import io.orderflow.bench.stock.StockCommandSide;
import io.orderflow.proof.system.Part.Kind;
import io.orderflow.proof.system.ServiceNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command side on the framework's own event store, from the class path of this program. */
final class StockNode extends ServiceNode {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    StockNode(Path logs, int port, Map<String, String> settings, List<String> jvm) {
        super("command-side", Kind.COMMAND_SIDE, Path.of("."), logs, port, settings, jvm);
    }

    @Override
    protected List<String> program() {
        return List.of("-cp", CLASS_PATH, StockCommandSide.class.getName());
    }
}
