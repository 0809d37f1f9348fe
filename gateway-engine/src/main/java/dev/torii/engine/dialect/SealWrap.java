package dev.torii.engine.dialect;

import dev.torii.model.llm.Seal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// How a client carries the seal of a vendor that its dialect does not know: in the place of the
/// dialect's own seals, as `torii001` and what the seal is, in base64. It comes back with the
/// history, is unwrapped, and goes to the vendor that made it. A dialect's own seals are carried
/// bare.
///
/// The whole is base64, the mark too: some SDKs hold a seal as bytes, and write it again in either
/// alphabet, with or without padding.
public final class SealWrap {

    private static final String MARK = "torii001";

    private static final Base64.Encoder ENCODER = Base64.getEncoder();

    private SealWrap() {}

    /// What was carried.
    ///
    /// @param callId the tool call that it came with, where the dialect has no place for it there;
    ///   null for the seal of a thought
    public record Wrapped(Seal seal, @Nullable String callId) {}

    /// A seal as a client of this dialect carries it.
    public static String carried(Seal seal, String clientDialect) {
        return seal.dialect().equals(clientDialect) ? seal.value() : wrap(seal, null);
    }

    /// A seal and the call that it came with, if any, as a text of no dialect.
    public static String wrap(Seal seal, @Nullable String callId) {
        String all =
                String.join(
                        "\n",
                        seal.dialect(),
                        seal.kind().name(),
                        callId == null ? "" : callId,
                        seal.value());
        return MARK + ENCODER.encodeToString(all.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether this is no vendor's own seal, but one that was wrapped here.
    public static boolean isWrapped(String carried) {
        return carried.startsWith(MARK);
    }

    /// What [#wrap] wrapped; null where somebody has changed it.
    public static @Nullable Wrapped unwrap(String wrapped) {
        try {
            String base64 = wrapped.substring(MARK.length()).replace('-', '+').replace('_', '/');
            byte[] all = Base64.getDecoder().decode(base64);
            String[] fields = new String(all, StandardCharsets.UTF_8).split("\n", 4);
            if (fields.length != 4) {
                return null;
            }
            var seal = new Seal(Seal.Kind.valueOf(fields[1]), fields[0], fields[3]);
            return new Wrapped(seal, fields[2].isEmpty() ? null : fields[2]);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// The seal of a thought, out of the place where a client of this dialect carries its own.
    ///
    /// @param kind what it is when it is the dialect's own
    /// @return null for one that was changed on the way, which nobody would take
    public static @Nullable Seal seal(String carried, Seal.Kind kind, String clientDialect) {
        if (!isWrapped(carried)) {
            return new Seal(kind, clientDialect, carried);
        }
        Wrapped wrapped = unwrap(carried);
        return wrapped == null ? null : wrapped.seal();
    }
}
