package dev.torii.engine.store;

import dev.torii.model.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets with AES-256-GCM under a key that lies in a file of its own, readable by its owner
/// alone. Each sealed text is bound to its place: moved elsewhere it does not open.
final class Sealer {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private Sealer(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /// Makes a new key and writes it to the file.
    ///
    /// @throws StoreException when the file is there already or cannot be written
    static Sealer create(Path keyFile) {
        Secret key = newKey();
        String text = key.reveal() + "\n";
        try {
            PrivateFiles.create(keyFile, text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new StoreException(
                    "cannot write the key file %s: %s; make its folder writable, or choose another data folder"
                            .formatted(keyFile, PrivateFiles.reason(e)),
                    e);
        }
        return of(key);
    }

    /// Reads the key from its file.
    ///
    /// @throws StoreException when the file cannot be read or holds no key
    static Sealer open(Path keyFile) {
        try {
            return of(read(keyFile));
        } catch (IllegalArgumentException e) {
            // Not Base64, or of the wrong length.
        } catch (IOException e) {
            throw new StoreException(
                    "cannot read the key file %s: %s; make it readable for this user"
                            .formatted(keyFile, PrivateFiles.reason(e)),
                    e);
        }
        throw new StoreException(
                "the key file %s holds no key (expected: 32 bytes in Base64); put the right file back from a backup"
                        .formatted(keyFile));
    }

    /// What a key file holds, whether it is a key or not.
    static Secret read(Path keyFile) throws IOException {
        PrivateFiles.restrict(keyFile);
        return new Secret(Files.readString(keyFile, StandardCharsets.US_ASCII).strip());
    }

    /// Seals with a key that is kept elsewhere.
    ///
    /// @param key 32 bytes in Base64
    /// @throws IllegalArgumentException when it is no such key
    static Sealer of(Secret key) {
        byte[] bytes = Base64.getDecoder().decode(key.reveal().strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key is not 32 bytes long");
        }
        return new Sealer(bytes);
    }

    static Secret newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new Secret(Base64.getEncoder().encodeToString(key));
    }

    /// @param place what the sealed text is for; the same is needed to open it
    byte[] seal(byte[] plain, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(plain);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not work on this Java", e);
        }
    }

    /// @throws WrongKeyException when the text was sealed with another key or for another place, or
    ///   has been changed
    byte[] unseal(byte[] sealed, String place) throws WrongKeyException {
        if (sealed.length < NONCE_BYTES) {
            throw new WrongKeyException();
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), place)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new WrongKeyException();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM does not work on this Java", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    static final class WrongKeyException extends Exception {

        private static final long serialVersionUID = 1L;

        WrongKeyException() {
            super("sealed with another key");
        }
    }
}
