package io.reftrail.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate authority made for a test by the JDK's keytool, and servers' certificates. */
final class Authority {

    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path keys;

    Authority(Path directory) {
        this.directory = directory;
        this.keys = directory.resolve("authority.p12");
        keytool(
                keys,
                "-genkeypair",
                "-alias",
                "ca",
                "-dname",
                "CN=authority",
                "-keyalg",
                "EC",
                "-ext",
                "bc:critical=ca:true");
        keytool(keys, "-exportcert", "-alias", "ca", "-rfc", "-file", file("ca.pem"));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    /** What a server needs that this authority vouches for. */
    SSLContext server(String name, String subjectAlternativeName, String... validity) {
        Path store = directory.resolve(name + ".p12");
        keytool(store, "-genkeypair", "-alias", "server", "-dname", "CN=" + name, "-keyalg", "EC");
        keytool(store, "-certreq", "-alias", "server", "-file", file(name + ".csr"));
        List<String> sign = new ArrayList<>(List.of("-gencert", "-alias", "ca", "-infile", file(name + ".csr")));
        sign.addAll(List.of("-outfile", file(name + ".pem"), "-rfc", "-ext", "san=" + subjectAlternativeName));
        sign.addAll(List.of(validity));
        keytool(keys, sign.toArray(String[]::new));
        keytool(store, "-importcert", "-alias", "ca", "-noprompt", "-file", file("ca.pem"));
        keytool(store, "-importcert", "-alias", "server", "-noprompt", "-file", file(name + ".pem"));
        return context(store, null);
    }

    /** What a server needs that nobody vouches for but itself. */
    SSLContext selfSigned(String name, String subjectAlternativeName) {
        Path store = directory.resolve(name + ".p12");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "server",
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-ext",
                "san=" + subjectAlternativeName);
        return context(store, null);
    }

    /** What a client needs that trusts this authority and nobody else. */
    SSLContext client() {
        Path trusted = directory.resolve("trusted.p12");
        keytool(trusted, "-importcert", "-alias", "ca", "-noprompt", "-file", file("ca.pem"));
        return context(null, trusted);
    }

    private static SSLContext context(@Nullable Path own, @Nullable Path trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    own == null ? null : keyManagers(own).getKeyManagers(),
                    trusted == null ? null : trustManagers(trusted).getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static KeyManagerFactory keyManagers(Path store) throws GeneralSecurityException, IOException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        return factory;
    }

    private static TrustManagerFactory trustManagers(Path store) throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()));
        return factory;
    }

    private static void keytool(Path store, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool has failed: " + command);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
