package io.orderflow.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder in which everything is kept, locked against a second one that would use it too. */
final class DataFolder implements AutoCloseable {

    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /** @throws CannotStart when the folder cannot be written to, or is in use */
    static DataFolder lock(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        FileChannel file = open(folder);
        if (lockOf(file) == null) {
            closeQuietly(file);
            throw new CannotStart("the data folder " + folder
                    + " is in use by another orderflow; stop that one, or choose another folder with --data");
        }
        return new DataFolder(folder, file);
    }

    private static FileChannel open(Path folder) {
        try {
            Files.createDirectories(folder);
            return FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write to the data folder " + folder + "; make it writable, or choose another with --data");
        }
    }

    /** The system releases the lock when the process ends, however it ends. */
    private static @Nullable FileLock lockOf(FileChannel file) {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void closeQuietly(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Whether {@code step} was done in this folder before. */
    boolean hasDone(String step) {
        return Files.exists(folder.resolve(step + ".done"));
    }

    void done(String step) {
        try {
            Files.writeString(folder.resolve(step + ".done"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() {
        closeQuietly(lockFile);
    }
}
