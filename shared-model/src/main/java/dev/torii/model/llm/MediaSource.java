package dev.torii.model.llm;

/// Where a picture, a sound or a document is.
public sealed interface MediaSource {

    /// Somewhere on the web, or in a cloud's storage (`gs:`, `s3:`).
    record Url(String url) implements MediaSource {}

    /// In the message itself.
    ///
    /// @param mimeType such as `image/png`
    /// @param base64 as it came
    record Bytes(String mimeType, String base64) implements MediaSource {

        public String dataUrl() {
            return "data:" + mimeType + ";base64," + base64;
        }
    }

    /// Uploaded to a vendor before; nobody else knows it.
    record FileId(String dialect, String id) implements MediaSource {}
}
