package dev.torii.engine.dialect;

import dev.torii.model.llm.MediaSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Pictures and documents as they stand in bodies.
public final class Media {

    private static final Pattern DATA_URL =
            Pattern.compile("data:([^;,]*)(?:;[^,]*)?;base64,(.*)", Pattern.DOTALL);

    private static final Map<String, String> PICTURES =
            Map.of("iVBORw0KGgo", "png", "/9j/", "jpeg", "R0lGOD", "gif", "UklGR", "webp");

    private Media() {}

    /// What a URL means: bytes, where it holds them itself.
    public static MediaSource ofUrl(String url) {
        Matcher data = DATA_URL.matcher(url);
        return data.matches()
                ? new MediaSource.Bytes(data.group(1), data.group(2))
                : new MediaSource.Url(url);
    }

    /// What a picture is by how its bytes begin: `png`, `jpeg`, `gif` or `webp`; null for any
    /// other. Clients name it wrongly at times, and providers refuse bytes that are not what they
    /// are said to be.
    public static @Nullable String picture(String base64) {
        for (var beginning : PICTURES.entrySet()) {
            if (base64.startsWith(beginning.getKey())) {
                return beginning.getValue();
            }
        }
        return null;
    }
}
