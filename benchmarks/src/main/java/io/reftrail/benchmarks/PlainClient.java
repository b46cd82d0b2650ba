package io.reftrail.benchmarks;

import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient 5 with pooled connections and the timeouts that anybody would set. */
public final class PlainClient implements AutoCloseable {

    private static final Timeout TIMEOUT = Timeout.ofSeconds(10);

    private final URI uri;
    private final CloseableHttpClient client;

    /**
     * @param uri where leads go
     * @param connections how many at the same time
     */
    public PlainClient(URI uri, int connections) {
        this.uri = uri;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnPerRoute(connections)
                        .setMaxConnTotal(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(TIMEOUT)
                                .setSocketTimeout(TIMEOUT)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(TIMEOUT).build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }

    /** Reports a customer; fails if the answer is not a 200 with a body. */
    public void send(String body) throws IOException {
        HttpPost post = new HttpPost(uri);
        post.setHeader("Authorization", "Bearer key");
        post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
        client.execute(post, response -> {
            if (response.getCode() != 200
                    || EntityUtils.toString(response.getEntity()).isEmpty()) {
                throw new IOException("HTTP " + response.getCode());
            }
            return StubBackend.NAME;
        });
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
