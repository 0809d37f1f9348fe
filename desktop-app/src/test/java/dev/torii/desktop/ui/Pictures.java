package dev.torii.desktop.ui;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/// Writes what a scene shows as PNG files under `target/screens`, for people to look at.
public final class Pictures {

    private static final Path FOLDER = Path.of("target", "screens");
    private static final byte[] SIGNATURE = {(byte) 137, 80, 78, 71, 13, 10, 26, 10};
    private static final int EIGHT_BIT_RGB = 0x08020000;

    private Pictures() {}

    /// Takes the picture; on the JavaFX thread.
    public static WritableImage take(Scene scene, String name) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        WritableImage image = scene.snapshot(null);
        try {
            Files.createDirectories(FOLDER);
            Files.write(FOLDER.resolve(name + ".png"), png(image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return image;
    }

    private static byte[] png(WritableImage image) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        ByteBuffer rows = ByteBuffer.allocate(height * (1 + width * 3));
        for (int y = 0; y < height; y++) {
            rows.put((byte) 0);
            for (int x = 0; x < width; x++) {
                int pixel = pixels[y * width + x];
                rows.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
            }
        }
        byte[] packed = deflate(rows.array());
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.putInt(EIGHT_BIT_RGB).put((byte) 0);
        ByteBuffer file = ByteBuffer.allocate(packed.length + 128).put(SIGNATURE);
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", packed);
        chunk(file, "IEND", new byte[0]);
        byte[] bytes = new byte[file.position()];
        file.flip().get(bytes);
        return bytes;
    }

    private static byte[] deflate(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(bytes);
        deflater.finish();
        byte[] out = new byte[bytes.length + 1024];
        int length = deflater.deflate(out);
        deflater.end();
        return Arrays.copyOf(out, length);
    }

    private static void chunk(ByteBuffer file, String type, byte[] content) {
        byte[] name = type.getBytes(US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(content);
        file.putInt(content.length).put(name).put(content).putInt((int) sum.getValue());
    }
}
