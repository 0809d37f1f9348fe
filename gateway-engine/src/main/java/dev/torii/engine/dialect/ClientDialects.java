package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The dialects that clients may speak here, and how to tell which one a request is in.
public final class ClientDialects {

    private static final ClientDialects INSTALLED =
            new ClientDialects(ServiceLoader.load(ClientDialect.class));

    /// What others have copied and added to.
    private static final String PLAINEST = "openai";

    /// A dialect, and what is asked in it.
    public record Spoken(ClientDialect dialect, Operation operation) {}

    private final List<ClientDialect> dialects = new ArrayList<>();

    ClientDialects(Iterable<ClientDialect> dialects) {
        dialects.forEach(this.dialects::add);
        // Whose bodies look like many others', is asked last.
        this.dialects.sort(
                Comparator.comparing((ClientDialect dialect) -> dialect.name().equals(PLAINEST))
                        .thenComparing(ClientDialect::name));
    }

    public static ClientDialects installed() {
        return INSTALLED;
    }

    /// The dialect of this name.
    ///
    /// @throws IllegalArgumentException when there is none
    public ClientDialect named(String name) {
        for (ClientDialect dialect : dialects) {
            if (dialect.name().equals(name)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("no dialect is named " + name);
    }

    /// What a request is: its path decides, then its headers, then its body. Null when nothing
    /// tells.
    ///
    /// @param path without the query
    /// @param header a header's value by its name, null where there is none
    /// @param body null when there is none, or it is not JSON
    public @Nullable Spoken find(
            String path, Function<String, @Nullable String> header, @Nullable ObjectNode body) {
        Spoken byPath = byPath(path, header);
        if (byPath != null) {
            return byPath;
        }
        for (ClientDialect dialect : dialects) {
            if (dialect.marked(header)) {
                return new Spoken(dialect, dialect.usual());
            }
        }
        for (ClientDialect dialect : dialects) {
            if (body != null && dialect.recognizes(body)) {
                return new Spoken(dialect, dialect.usual());
            }
        }
        return null;
    }

    /// Two vendors have a `/v1/models`: there the headers decide.
    private @Nullable Spoken byPath(String path, Function<String, @Nullable String> header) {
        String ending = withoutTrailingSlashes(path);
        Spoken found = null;
        for (ClientDialect dialect : dialects) {
            Operation operation = dialect.operation(ending);
            if (operation != null) {
                Spoken spoken = new Spoken(dialect, operation);
                if (dialect.marked(header)) {
                    return spoken;
                }
                found = found == null || dialect.name().equals(PLAINEST) ? spoken : found;
            }
        }
        return found;
    }

    /// The path as [ClientDialect#operation] takes it.
    public static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }
}
