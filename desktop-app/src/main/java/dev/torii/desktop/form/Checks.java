package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Violation;
import java.util.List;

/// What is wrong with a value, as the engine would say.
@FunctionalInterface
public interface Checks {

    List<Violation> check(ObjectNode value);
}
