package dev.torii.engine.admin;

import dev.torii.model.api.AdminPaths;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// What a client of the Admin API calls itself; the history names it as the author of its changes.
final class ClientName {

    static final String UNKNOWN = "unknown";

    private static final int LONGEST = 64;

    private ClientName() {}

    /// The header made for it, else the product of the `User-Agent`, else `unknown`.
    static String of(HttpServletRequest request) {
        String given = printable(request.getHeader(AdminPaths.CLIENT_HEADER));
        if (!given.isEmpty()) {
            return given;
        }
        String product = printable(request.getHeader("User-Agent")).split("[/ ]", 2)[0];
        return product.isEmpty() ? UNKNOWN : product;
    }

    private static String printable(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}]", "").strip();
        return plain.codePointCount(0, plain.length()) <= LONGEST
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, LONGEST));
    }
}
