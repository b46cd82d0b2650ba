package io.reftrail.delivery;

import io.reftrail.backend.HttpCall;
import io.reftrail.backend.HttpReply;
import io.reftrail.delivery.internal.DaemonThreads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A transport on Apache HttpClient 5. Pools connections; follows no redirects, because they would send the key elsewhere; retries
 * nothing and stores no cookies. A call ends at its deadline even if the backend keeps sending bytes, and a reply is read up to
 * {@value #MAX_BODY_BYTES} bytes. Uses the JVM's proxy properties.
 */
public final class HttpClientTransport implements HttpTransport {

    private static final int TOO_MANY_REQUESTS = 429;

    /** In seconds from now (draft-ietf-httpapi-ratelimit-headers-06, section 2.3), or as a Unix time in seconds. */
    private static final List<String> RESETS = List.of("RateLimit-Reset", "X-RateLimit-Reset");

    static final int MAX_BODY_BYTES = 65_536;

    /** The default of httpcore 5.4 and later; earlier versions limit no headers. */
    private static final Http1Config HEADER_LIMITS =
            Http1Config.custom().setMaxLineLength(8_192).setMaxHeaderCount(100).build();

    /** A name without that of a library, because backends take a user agent with {@code http} or {@code java} for a robot's. */
    private static final String USER_AGENT = "Reftrail/0.1";

    private final DeliverySettings settings;
    private final int backends;
    private final ScheduledThreadPoolExecutor deadlines;
    private @Nullable CloseableHttpClient client;
    private boolean closed;

    /**
     * Creates a transport. The first call creates the client and reads the trusted certificates.
     *
     * @param settings the timeouts and the number of calls in flight
     * @param backends the number of backends
     */
    public HttpClientTransport(DeliverySettings settings, int backends) {
        this.settings = settings;
        this.backends = backends;
        this.deadlines = new ScheduledThreadPoolExecutor(1, new DaemonThreads("reftrail-deadline"));
        this.deadlines.setRemoveOnCancelPolicy(true);
    }

    private synchronized CloseableHttpClient client() throws IOException {
        if (closed) {
            throw new IOException("the transport is closed");
        }
        if (client == null) {
            client = open(settings, backends);
        }
        return client;
    }

    private static CloseableHttpClient open(DeliverySettings settings, int backends) {
        Timeout responseTimeout = Timeout.of(settings.responseTimeout());
        return HttpClients.custom()
                .useSystemProperties()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEADER_LIMITS)
                                .build())
                        .setMaxConnPerRoute(settings.maxInFlight())
                        .setMaxConnTotal(settings.maxInFlight() * Math.max(1, backends))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(responseTimeout)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(responseTimeout)
                        .setResponseTimeout(responseTimeout)
                        .build())
                .setUserAgent(USER_AGENT)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    @Override
    public HttpReply send(HttpCall call) throws IOException {
        CloseableHttpClient open = client();
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.uri());
        call.headers().forEach(request::setHeader);
        request.setHeader(HttpHeaders.ACCEPT, ContentType.APPLICATION_JSON.getMimeType());
        if (!call.body().isEmpty()) {
            ContentType type = ContentType.create(call.contentType(), StandardCharsets.UTF_8);
            request.setEntity(new StringEntity(call.body(), type));
        }
        ScheduledFuture<?> deadline =
                deadlines.schedule(request::cancel, settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return reply(open, request);
        } catch (ConnectTimeoutException
                | ConnectionRequestTimeoutException
                | SSLHandshakeException
                | UnknownHostException unsent) {
            throw (ConnectException) new ConnectException(unsent.getMessage()).initCause(unsent);
        } finally {
            deadline.cancel(false);
        }
    }

    /** Cancels the request at the end, because closing a response alone reads its body to the end. */
    private static HttpReply reply(CloseableHttpClient client, HttpUriRequestBase request) throws IOException {
        ClassicHttpResponse response = client.executeOpen(null, request, null);
        try {
            return new HttpReply(response.getCode(), retryAfter(response), body(response.getEntity()), Instant.now());
        } finally {
            request.cancel();
            Closer.closeQuietly(response);
        }
    }

    /** Some backends send only the fields of their rate limit with a 429. */
    private static @Nullable String retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        for (int i = 0; header == null && i < RESETS.size() && response.getCode() == TOO_MANY_REQUESTS; i++) {
            header = response.getFirstHeader(RESETS.get(i));
        }
        return header == null ? null : header.getValue();
    }

    /**
     * Reads to the end of the body, because a connection is used again only then. The buffer is one byte longer than announced,
     * so that the end of the body is found.
     */
    private static String body(@Nullable HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        long announced = entity.getContentLength();
        long most = announced < 0 ? MAX_BODY_BYTES : Math.min(announced + 1, MAX_BODY_BYTES);
        return new String(entity.getContent().readNBytes((int) most), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        closed = true;
        deadlines.shutdownNow();
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
        }
    }
}
