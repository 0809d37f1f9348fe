package dev.torii.engine.exchange;

import dev.torii.model.llm.RouteType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which call a path means whose bytes pass, whatever a route puts before it.
final class PassedPath {

    private static final Pattern VERSION = Pattern.compile(".*/v1(?:alpha|beta\\d*)?(?=/)");

    /// Base URLs may leave the version out.
    private static final Pattern CALL =
            Pattern.compile(
                    "/(?:images|audio|files|batches|uploads|moderations|assistants|threads"
                            + "|vector_stores|responses|conversations|messages/batches|models)(?:/.*)?$");

    private PassedPath() {}

    /// The call's path below the version of the API; empty to keep the path as it is.
    ///
    /// @param path normalized
    static String of(String path, RouteType type) {
        String asked = below(path);
        String call = type.call();
        return switch (type) {
            case PRESERVE -> "";
            // No kind of call is set, so what is asked for counts.
            case CHAT, COMPLETIONS, EMBEDDINGS, RESPONSES -> asked;
            case ASSISTANTS -> asked.startsWith("/threads") ? asked : within(call, asked);
            default -> within(call, asked);
        };
    }

    /// A route for one kind of call leads to no other.
    private static String within(String call, String asked) {
        return asked.equals(call) || asked.startsWith(call + "/") ? asked : call;
    }

    private static String below(String path) {
        Matcher version = VERSION.matcher(path);
        if (version.lookingAt()) {
            return path.substring(version.end());
        }
        Matcher call = CALL.matcher(path);
        return call.find() ? path.substring(call.start()) : "";
    }
}
