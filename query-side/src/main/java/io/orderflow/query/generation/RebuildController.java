package io.orderflow.query.generation;

import io.orderflow.query.config.Problem;
import io.orderflow.query.generation.Generation.State;
import io.orderflow.query.generation.Generations.Serving;
import io.orderflow.query.projection.ReadModel;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For operators: rebuilding read tables from the events, beside those that serve. */
@RestController
@RequestMapping("/api/admin/projections")
class RebuildController {

    /** A slower one would keep a batch waiting until Kafka takes the partition away. */
    private static final int SLOWEST = 100;

    private final Generations generations;
    private final Rebuilds rebuilds;
    private final Switch switching;

    RebuildController(Generations generations, Rebuilds rebuilds, Switch switching) {
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.switching = switching;
    }

    @Operation(summary = "All projections with their generations")
    @GetMapping
    List<Progress> all() {
        return Arrays.stream(ReadModel.values())
                .flatMap(model -> generations.all(model).stream())
                .map(rebuilds::progress)
                .toList();
    }

    @Operation(summary = "Begins a rebuild, unless one is under way", description = "Queries and live changes go on")
    @PostMapping("/{name}/rebuild")
    ResponseEntity<Progress> rebuild(@PathVariable String name) {
        ReadModel model = model(name);
        generations.begin(model);
        return ResponseEntity.accepted()
                .location(URI.create("/api/admin/projections/" + name + "/rebuild"))
                .body(newest(model));
    }

    @Operation(summary = "How the newest generation is doing")
    @GetMapping("/{name}/rebuild")
    Progress progress(@PathVariable String name) {
        return newest(model(name));
    }

    private Progress newest(ReadModel model) {
        return rebuilds.progress(generations.all(model).stream()
                .filter(generation -> generation.version() == model.version())
                .reduce((one, later) -> later)
                .orElseThrow(() -> Problem.unknown("projection", model.lowerCaseName())));
    }

    @PostMapping("/{name}/rebuild/pause")
    Progress pause(@PathVariable String name) {
        return change(name, generation -> generations.setPaused(generation, true));
    }

    @PostMapping("/{name}/rebuild/resume")
    Progress resume(@PathVariable String name) {
        return change(name, generation -> generations.setPaused(generation, false));
    }

    @PostMapping("/{name}/rebuild/cancel")
    Progress cancel(@PathVariable String name) {
        return change(name, generation -> {
            if (!generations.become(generation, State.CANCELLED, null)) {
                throw nothingToChange(name);
            }
        });
    }

    @Operation(
            summary = "Limits how fast all nodes together may rebuild",
            description = "Without eventsPerSecond: lifts the limit")
    @PutMapping("/{name}/rebuild/throttle")
    Progress throttle(@PathVariable String name, @RequestParam(required = false) @Nullable Integer eventsPerSecond) {
        if (eventsPerSecond != null && eventsPerSecond < SLOWEST) {
            throw new IllegalArgumentException("'eventsPerSecond' must be at least " + SLOWEST + "; pause it instead");
        }
        return change(name, generation -> generations.setEventsPerSecond(generation, eventsPerSecond));
    }

    private Progress change(String name, Consumer<Generation> change) {
        ReadModel model = model(name);
        Generation building = generations.building(model).orElseThrow(() -> nothingToChange(name));
        change.accept(building);
        return rebuilds.progress(generations.find(model, building.number()).orElseThrow());
    }

    private static ErrorResponseException nothingToChange(String name) {
        return Problem.conflict("nothing-to-change", "Nothing to change", "No rebuild of " + name + " is under way.");
    }

    @Operation(summary = "Goes back to the generation that served before")
    @PostMapping("/{name}/rollback")
    Progress rollback(@PathVariable String name) {
        ReadModel model = model(name);
        Generation previous = previous(model);
        try {
            if (!switching.to(previous)) {
                throw Problem.conflict(
                        "not-as-far",
                        "Not as far",
                        "Generation " + previous.number()
                                + " has yet to come as far as the one that serves; try again.");
            }
        } catch (Comparison.Differs e) {
            throw Problem.conflict("differs", "Differs", String.valueOf(e.getMessage()));
        }
        return rebuilds.progress(generations.find(model, previous.number()).orElseThrow());
    }

    @Operation(summary = "Gives up the generation that served before", description = "Its tables are dropped soon")
    @DeleteMapping("/{name}/previous")
    ResponseEntity<Void> dropPrevious(@PathVariable String name) {
        ReadModel model = model(name);
        if (!generations.become(previous(model), State.CANCELLED, null)) {
            throw nothingToGoBackTo(model);
        }
        return ResponseEntity.noContent().build();
    }

    private Generation previous(ReadModel model) {
        return generations
                .serving(model)
                .map(Serving::previous)
                .flatMap(number -> generations.find(model, number))
                .filter(generation -> generation.state() == State.KEPT)
                .orElseThrow(() -> nothingToGoBackTo(model));
    }

    private static ErrorResponseException nothingToGoBackTo(ReadModel model) {
        return Problem.conflict(
                "nothing-to-go-back-to",
                "Nothing to go back to",
                "No earlier generation of " + model.lowerCaseName() + " is kept.");
    }

    private static ReadModel model(String name) {
        return ReadModel.named(name).orElseThrow(() -> Problem.unknown("projection", name));
    }
}
