package dev.torii.engine.settings;

/// A setting's value, and who gave it, in the words of an error message: `--proxy-port`,
/// `TORII_PROXY_PORT`, or `torii.conf:3: proxy-port`.
record GivenSetting(String source, String value) {}
