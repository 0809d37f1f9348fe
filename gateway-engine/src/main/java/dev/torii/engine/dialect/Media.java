package dev.torii.engine.dialect;

import dev.torii.model.llm.MediaSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Pictures and documents as they stand in bodies.
public final class Media {

    private static final Pattern DATA_URL =
            Pattern.compile("data:([^;,]*)(?:;[^,]*)?;base64,(.*)", Pattern.DOTALL);

    private Media() {}

    /// What a URL means: bytes, where it holds them itself.
    public static MediaSource ofUrl(String url) {
        Matcher data = DATA_URL.matcher(url);
        return data.matches()
                ? new MediaSource.Bytes(data.group(1), data.group(2))
                : new MediaSource.Url(url);
    }
}
