package io.reftrail.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.reftrail.backend.HttpCall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A key goes to a server that proves to be the one it is meant for, and to no other. */
class HttpClientTlsTests {

    private static final DeliverySettings SETTINGS =
            new DeliverySettings(Duration.ofSeconds(5), Duration.ofSeconds(10), 2, Duration.ofSeconds(1));
    private static final String HERE = "127.0.0.1";

    private static Authority authority;
    private static SSLContext before;
    private static SSLContext trusting;

    @BeforeAll
    static void trustTheAuthority() throws GeneralSecurityException {
        authority = new Authority();
        before = SSLContext.getDefault();
        trusting = authority.client();
        SSLContext.setDefault(trusting);
    }

    @AfterAll
    static void trustAsBefore() {
        SSLContext.setDefault(before);
    }

    private static List<String> keysSeenBy(SSLContext certificate, boolean accepted) throws IOException {
        try (HttpClientTransport transport = new HttpClientTransport(SETTINGS, 1)) {
            return keysSeenBy(certificate, transport, accepted);
        }
    }

    private static List<String> keysSeenBy(SSLContext certificate, HttpClientTransport transport, boolean accepted)
            throws IOException {
        List<String> keys = new CopyOnWriteArrayList<>();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate));
        server.createContext("/", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("x-api-key"));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        HttpCall call = new HttpCall("POST", url, Map.of("x-api-key", "secret"), "{}");
        try {
            if (accepted) {
                assertThat(transport.send(call).status()).isEqualTo(204);
            } else {
                assertThatExceptionOfType(ConnectException.class)
                        .isThrownBy(() -> transport.send(call))
                        .withCauseInstanceOf(SSLException.class);
            }
        } finally {
            server.stop(0);
        }
        return keys;
    }

    /** Reading the trusted certificates takes its time, which no application's start has to wait for. */
    @Test
    void theCertificatesThatAreTrustedAreReadWithTheFirstCall() throws IOException {
        SSLContext.setDefault(before);
        try (HttpClientTransport transport = new HttpClientTransport(SETTINGS, 1)) {
            SSLContext.setDefault(trusting);

            assertThat(keysSeenBy(authority.server(HERE, Authority.NOW), transport, true))
                    .containsExactly("secret");
        } finally {
            SSLContext.setDefault(trusting);
        }
    }

    @Test
    void aServerThatTheAuthorityVouchesForIsToldTheKey() throws IOException {
        assertThat(keysSeenBy(authority.server(HERE, Authority.NOW), true)).containsExactly("secret");
    }

    @Test
    void aServerThatOnlyVouchesForItselfIsToldNothing() throws IOException {
        assertThat(keysSeenBy(authority.selfSigned(HERE), false)).isEmpty();
    }

    @Test
    void anExpiredCertificateIsToldNothing() throws IOException {
        assertThat(keysSeenBy(authority.server(HERE, Authority.EXPIRED), false)).isEmpty();
    }

    @Test
    void aCertificateOfAnotherHostIsToldNothing() throws IOException {
        assertThat(keysSeenBy(authority.server("192.0.2.7", Authority.NOW), false))
                .isEmpty();
    }
}
