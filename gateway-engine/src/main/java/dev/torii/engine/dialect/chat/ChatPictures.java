package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.Media;
import dev.torii.model.json.Json;
import dev.torii.model.llm.MediaSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pictures in answers, which OpenAI's own have no place for. Those who serve models that draw have
/// agreed on `images` beside the text. Source: OpenRouter's documentation, "Image Generation".
final class ChatPictures {

    static final String FIELD = "images";

    private ChatPictures() {}

    /// Those of a message, or of a piece of a stream.
    static List<MediaSource> of(JsonNode message) {
        List<MediaSource> pictures = new ArrayList<>();
        for (JsonNode image : message.path(FIELD)) {
            String url = Fields.text(image.path("image_url"), "url");
            if (url != null) {
                pictures.add(Media.ofUrl(url));
            }
        }
        return pictures;
    }

    /// Null for one that lies with a vendor, which the client cannot get.
    ///
    /// @param index counts the pictures of an answer
    static @Nullable ObjectNode json(MediaSource source, int index) {
        String url =
                switch (source) {
                    case MediaSource.Url(var address) -> address;
                    case MediaSource.Bytes bytes -> bytes.dataUrl();
                    case MediaSource.FileId _ -> null;
                };
        if (url == null) {
            return null;
        }
        ObjectNode image = Json.object().put("type", "image_url").put("index", index);
        image.putObject("image_url").put("url", url);
        return image;
    }
}
