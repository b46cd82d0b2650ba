package io.reftrail.benchmarks;

import io.reftrail.Reftrail;
import io.reftrail.ReftrailBuilder;
import io.reftrail.backend.affihub.AffihubBackend;
import io.reftrail.backend.affitor.AffitorBackend;
import io.reftrail.backend.affonso.AffonsoBackend;
import io.reftrail.backend.dub.DubBackend;
import io.reftrail.backend.introw.IntrowBackend;
import io.reftrail.backend.refport.RefportBackend;
import io.reftrail.samples.demo.Browser;
import io.reftrail.samples.demo.JavaProcess;
import io.reftrail.servlet.ReferralCaptureFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/**
 * A process with one Tomcat that serves the same small page below four paths of the same length: without a filter, with
 * Reftrail's filter, and with two filters that answer each request with one fixed redirect. All run the same compiled code.
 */
final class Site implements AutoCloseable {

    static final String BARE = "/bare";
    static final String REFTRAIL = "/refl";
    static final String REDIRECT = "/redi";
    static final String SAME_LINES = "/same";

    /** 200 bytes without a parameter of a backend. */
    static final String QUERY = "plan=pro&currency=EUR&page=2&sort=price&utm_source=newsletter&utm_medium=email"
            + "&utm_campaign=autumn_2026&utm_content=header&session=5f0c2b1e9a7d4c38&colour=green&size=xl&search=blue+shoes"
            + "&lang=en&t=171";

    /** Ten cookies without a click. */
    static final String COOKIES = "JSESSIONID=8A6C1B7E5D0F4A2B9C3E; _ga=GA1.2.1184621187.1763900000;"
            + " _gid=GA1.2.918273645.1764000000; theme=dark; lang=en; cart=3f1c9b7a; seen=pricing; consent=yes;"
            + " _fbp=fb.1.1763900000000.1184621187; remember-me=b3BlbiBzZXNhbWU";

    private final JavaProcess process;
    private final int port;

    private Site(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the process and waits until it listens. */
    static Site start(Path directory) throws IOException {
        JavaProcess process = JavaProcess.start(
                Site.class.getName(), List.of("-Xms256m", "-Xmx256m"), directory.resolve("site.log"), List.of());
        return new Site(process, Integer.parseInt(process.readLine()));
    }

    /** Returns the port on the loopback interface. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        process.close();
    }

    /** Returns a request for a page as a browser sends it. */
    static String get(String target, @Nullable String cookies) {
        return "GET " + target + " HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: " + Browser.FIREFOX
                + "\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\n"
                + "Accept-Language: en-US,en;q=0.5\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n"
                + "Sec-Fetch-Site: cross-site\r\n"
                + (cookies == null ? "" : "Cookie: " + cookies + "\r\n")
                + "\r\n";
    }

    /** Returns a builder of a Reftrail with all six backends that captures clicks, and sends nothing because it is not started. */
    static ReftrailBuilder sixBackends() {
        return Reftrail.builder()
                .backend(AffitorBackend.of("key"))
                .backend(AffonsoBackend.of("key", "program"))
                .backend(AffihubBackend.of("program"))
                .backend(IntrowBackend.of("key"))
                .backend(RefportBackend.of("key"))
                .backend(DubBackend.of("key"));
    }

    /** Runs in the process: prints the port, and serves until the process is ended. */
    public static void main(String[] arguments) throws LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        tomcat.setConnector(connector);
        serve(tomcat, BARE, null);
        serve(
                tomcat,
                REFTRAIL,
                ReferralCaptureFilter.builder(sixBackends().build()).build());
        serve(tomcat, REDIRECT, (request, response, chain) -> {
            HttpServletResponse http = (HttpServletResponse) response;
            http.addHeader("Set-Cookie", "refp_id=clk_fixed; Path=/; Max-Age=7776000; SameSite=Lax");
            http.setHeader("Location", "?plan=pro");
            http.setStatus(HttpServletResponse.SC_FOUND);
        });
        serve(tomcat, SAME_LINES, (request, response, chain) -> {
            HttpServletResponse http = (HttpServletResponse) response;
            http.setHeader("Cache-Control", "no-store");
            http.addHeader("Set-Cookie", "refp_id=clk_12345678; Max-Age=7776000; Path=/; SameSite=Lax");
            http.addHeader(
                    "Set-Cookie",
                    "_reftrail_refport=1796028729.7b53d701; Max-Age=7776000; Path=/; HttpOnly; SameSite=Lax");
            http.setHeader("Location", "?plan=pro");
            http.setStatus(HttpServletResponse.SC_FOUND);
        });
        tomcat.start();
        System.out.println(connector.getLocalPort());
        tomcat.getServer().await();
    }

    private static void serve(Tomcat tomcat, String path, @Nullable Filter filter) {
        Context context = tomcat.addContext(path, new File(".").getAbsolutePath());
        Tomcat.addServlet(context, "page", new PageServlet());
        context.addServletMappingDecoded("/", "page");
        if (filter != null) {
            FilterDef definition = new FilterDef();
            definition.setFilterName("filter");
            definition.setFilter(filter);
            context.addFilterDef(definition);
            FilterMap map = new FilterMap();
            map.setFilterName("filter");
            map.addURLPattern("/*");
            context.addFilterMap(map);
        }
    }

    private static final class PageServlet extends HttpServlet {

        private static final long serialVersionUID = 1;

        private static final byte[] PAGE =
                "<!doctype html><title>Shop</title><p>Welcome".getBytes(StandardCharsets.UTF_8);

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/html");
            response.setContentLength(PAGE.length);
            response.getOutputStream().write(PAGE);
        }
    }
}
