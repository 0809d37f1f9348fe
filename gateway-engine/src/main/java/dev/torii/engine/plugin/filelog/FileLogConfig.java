package dev.torii.engine.plugin.filelog;

/// The settings of `file-log`.
///
/// @param path the file, made when it is not there
/// @param reopen whether the file is opened anew for each line, so that it may be moved away at any
///   time
record FileLogConfig(String path, boolean reopen) {}
