package dev.torii.engine.command;

import dev.torii.model.api.RunningEngine;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/// A data folder that this process alone works on. The lock is the operating system's, so a killed
/// engine leaves none behind.
final class DataDir implements AutoCloseable {

    private static final String LOCK = "engine.lock";
    private static final String LOGS = "logs";

    /// Where logback.xml looks.
    private static final String LOGS_PROPERTY = "torii.logs";

    private final Path path;
    private final FileChannel lockFile;

    private DataDir(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /// Creates the folder where it is missing, for this user only, takes it, and lets the log write
    /// its files there; so this comes before the first logger.
    ///
    /// @throws CommandException when it cannot be written, or another engine works on it
    static DataDir open(Path path) {
        FileChannel lockFile = null;
        try {
            createPrivately(path);
            Files.createDirectories(path.resolve(LOGS));
            lockFile =
                    FileChannel.open(
                            path.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (lock(lockFile) == null) {
                lockFile.close();
                throw new CommandException(inUse(path));
            }
            System.setProperty(LOGS_PROPERTY, path.resolve(LOGS).toString());
            return new DataDir(path, lockFile);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot use the data folder "
                            + path
                            + ": "
                            + reason(e)
                            + "; give yourself write permission there, or choose another folder with"
                            + " --data-dir",
                    e);
        }
    }

    void announce(RunningEngine engine) {
        try {
            engine.announce(path);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write " + path.resolve(RunningEngine.FILE) + ": " + reason(e), e);
        }
    }

    @Override
    public void close() {
        try (lockFile) {
            RunningEngine.withdraw(path);
        } catch (IOException e) {
            // Nothing is lost: the next engine overwrites the file, and the lock ends with the
            // process.
        }
    }

    private static void createPrivately(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        FileAttribute<?>[] ownerOnly =
                path.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createDirectories(path, ownerOnly);
    }

    private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static String inUse(Path path) {
        return RunningEngine.find(path)
                        .map(engine ->
                                "process "
                                        + engine.pid()
                                        + " already runs Torii on the data folder "
                                        + path
                                        + " (proxy "
                                        + engine.proxy()
                                        + ", Admin API "
                                        + engine.admin()
                                        + ")")
                        .orElse("another process already runs Torii on the data folder " + path)
                + "; stop it, or choose another folder with --data-dir";
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException file -> file.getFile() + " is not a folder";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileSystemException failed when failed.getReason() != null ->
                    failed.getFile() + ": " + failed.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
