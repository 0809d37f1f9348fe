package dev.torii.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    @TempDir private Path folder;

    private KeyedCertificate at(Instant moment) throws Exception {
        return LocalCertificate.in(folder, InstantSource.fixed(moment)).certificate();
    }

    @Test
    void isForThisMachinesNamesAndSignsItself() throws Exception {
        X509Certificate made = at(NOW).leaf();

        assertThat(
                        made.getSubjectAlternativeNames().stream()
                                .map(name -> String.valueOf(name.get(1))))
                .hasSize(3)
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        made.verify(made.getPublicKey());
        assertThat(made.getNotAfter()).isBefore(NOW.plus(Duration.ofDays(825)));
    }

    @Test
    void isKeptFromStartToStart() throws Exception {
        assertThat(at(NOW.plus(Duration.ofDays(300))).alias())
                .isNotEmpty()
                .isNotEqualTo(at(NOW.plus(Duration.ofDays(2000))).alias());
        assertThat(at(NOW.plus(Duration.ofDays(2100))).alias())
                .isEqualTo(at(NOW.plus(Duration.ofDays(2000))).alias());
    }

    @Test
    void isMadeAnewBeforeItEnds() throws Exception {
        String first = at(NOW).alias();

        assertThat(at(NOW.plus(Duration.ofDays(790))).alias()).isEqualTo(first);
        assertThat(at(NOW.plus(Duration.ofDays(800))).alias()).isNotEqualTo(first);
    }

    @Test
    void isMadeAnewWhenItsFileIsBroken() throws Exception {
        String first = at(NOW).alias();
        Files.writeString(folder.resolve("tls/localhost.pem"), "no PEM");

        String second = at(NOW).alias();

        assertThat(second).isNotEqualTo(first).isEqualTo(at(NOW).alias());
        assertThat(Pem.certificates(Files.readString(LocalCertificate.fileIn(folder))))
                .isEqualTo(List.of(at(NOW).leaf()));
    }

    @Test
    void keepsTheKeyToItsOwner() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        at(NOW);

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("tls/localhost.pem"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(LocalCertificate.fileIn(folder))).doesNotContain("PRIVATE");
    }
}
