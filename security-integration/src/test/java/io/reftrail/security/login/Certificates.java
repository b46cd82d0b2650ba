package io.reftrail.security.login;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** A key and a certificate for the server and for Kim, made for the test; each trusts the other's. */
record Certificates(KeyStore server, KeyStore kim) {

    private static final String PASSWORD = "changeit";

    static Certificates make() {
        try {
            Path directory = Files.createTempDirectory("certificates");
            KeyStore server = generated(directory.resolve("server.p12"), "CN=shop");
            KeyStore kim = generated(directory.resolve("kim.p12"), "EMAILADDRESS=kim@example.org,CN=Kim Novak");
            Files.delete(directory);
            server.setCertificateEntry("trusted", kim.getCertificate("own"));
            kim.setCertificateEntry("trusted", server.getCertificate("own"));
            return new Certificates(server, kim);
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** No class of the JDK's that is open to others makes certificates; its tool does. */
    private static KeyStore generated(Path file, String name)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String options =
                "-J-XX:TieredStopAtLevel=1 -genkeypair -alias own -keyalg EC -ext san=dns:localhost -storetype PKCS12 -storepass "
                        + PASSWORD;
        List<String> command = new ArrayList<>(List.of(tool.toString(), "-dname", name, "-keystore", file.toString()));
        command.addAll(List.of(options.split(" ")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(said);
        }
        KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        Files.delete(file);
        return keys;
    }

    /** One that asks each visitor for a certificate. */
    Connector connector() {
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification("required");
        host.setTrustStore(server);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(server);
        certificate.setCertificateKeyAlias("own");
        certificate.setCertificateKeystorePassword(PASSWORD);
        host.addCertificate(certificate);
        Connector connector = new Connector();
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
        connector.addSslHostConfig(host);
        return connector;
    }

    /** Kim's. */
    SSLContext visitor() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(kim, PASSWORD.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(kim);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
