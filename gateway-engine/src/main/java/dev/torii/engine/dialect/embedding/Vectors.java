package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Vectors as numbers, and as base64 of little-endian floats.
final class Vectors {

    private Vectors() {}

    /// A vector out of an answer.
    ///
    /// @throws UnreadableAnswerException when it is neither of the two
    static Vector read(JsonNode vector) throws UnreadableAnswerException {
        if (vector instanceof ArrayNode values && values.path(0).isNumber()) {
            return new Vector.Numbers(values);
        }
        if (vector.isTextual()) {
            return new Vector.Packed(narrowed(vector.textValue()));
        }
        throw new UnreadableAnswerException("the answer holds an embedding that is no vector");
    }

    /// The vectors of a list of lists.
    ///
    /// @throws UnreadableAnswerException when it is none, or empty
    static List<Vector> readAll(JsonNode list) throws UnreadableAnswerException {
        if (!list.isArray() || list.isEmpty()) {
            throw new UnreadableAnswerException("the answer holds no embeddings");
        }
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode vector : list) {
            vectors.add(read(vector));
        }
        return vectors;
    }

    static String packed(Vector vector) {
        return switch (vector) {
            case Vector.Packed(var base64) -> base64;
            case Vector.Numbers(var values) -> {
                byte[] bytes = new byte[values.size() * Float.BYTES];
                ByteBuffer floats = littleEndian(bytes);
                values.forEach(value -> floats.putFloat(value.floatValue()));
                yield Base64.getEncoder().encodeToString(bytes);
            }
        };
    }

    static ArrayNode numbers(Vector vector) {
        return switch (vector) {
            case Vector.Numbers(var values) -> values;
            case Vector.Packed(var base64) -> {
                ByteBuffer bytes = littleEndian(Base64.getDecoder().decode(base64));
                ArrayNode values = Json.array();
                while (bytes.remaining() >= Float.BYTES) {
                    values.add(bytes.getFloat());
                }
                yield values;
            }
        };
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Floats of 32 bits, also where a server packed doubles, as vLLM once did: the lower halves of
    /// doubles that were made of 16-bit floats are all zero, as no second float of a vector is.
    private static String narrowed(String base64) throws UnreadableAnswerException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new UnreadableAnswerException("the answer holds an embedding that is no base64");
        }
        if (bytes.length == 0 || bytes.length % Float.BYTES != 0) {
            throw new UnreadableAnswerException(
                    "the answer holds an embedding that is no row of floats");
        }
        if (!areDoubles(bytes)) {
            return base64;
        }
        ByteBuffer doubles = littleEndian(bytes);
        byte[] narrow = new byte[bytes.length / 2];
        ByteBuffer floats = littleEndian(narrow);
        while (doubles.hasRemaining()) {
            floats.putFloat((float) doubles.getDouble());
        }
        return Base64.getEncoder().encodeToString(narrow);
    }

    private static boolean areDoubles(byte[] bytes) {
        if (bytes.length % Double.BYTES != 0) {
            return false;
        }
        boolean any = false;
        for (int i = 0; i < bytes.length; i++) {
            boolean lower = i % Double.BYTES < Float.BYTES;
            if (lower && bytes[i] != 0) {
                return false;
            }
            any |= bytes[i] != 0;
        }
        return any;
    }
}
