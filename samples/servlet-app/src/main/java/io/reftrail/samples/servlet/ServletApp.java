package io.reftrail.samples.servlet;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.WebResourceRoot;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;

/** Runs the application on an embedded Tomcat. The same web.xml runs in any servlet container that knows the accounts. */
public final class ServletApp implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    /**
     * Starts the application.
     *
     * @param port where it listens on the loopback address; zero for a free port
     */
    public ServletApp(int port) throws IOException, LifecycleException, NoSuchAlgorithmException, URISyntaxException {
        Path work = Files.createTempDirectory("reftrail-servlet-app");
        tomcat.setBaseDir(work.toString());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addWebapp("", work.toString());
        context.setParentClassLoader(ServletApp.class.getClassLoader());
        context.setResources(resources(context));
        Accounts accounts = new Accounts();
        context.setRealm(accounts);
        context.getServletContext().setAttribute(Accounts.class.getName(), accounts);
        tomcat.start();
    }

    /** The web.xml and whatever stands beside it, from the jar or from the build's folder. */
    private static WebResourceRoot resources(Context context) throws URISyntaxException {
        Path code = Path.of(ServletApp.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        WebResourceRoot root = new StandardRoot(context);
        root.addPreResources(
                Files.isDirectory(code)
                        ? new DirResourceSet(root, "/", code.resolve("webapp").toString(), "/")
                        : new JarResourceSet(root, "/", code.toString(), "/webapp"));
        return root;
    }

    /** The port it listens on. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    /** Starts the application on port 8081, or on the port given as the only argument. */
    public static void main(String[] arguments) throws Exception {
        ServletApp application = new ServletApp(arguments.length == 0 ? 8081 : Integer.parseInt(arguments[0]));
        System.out.println("http://localhost:" + application.port() + "/");
        application.tomcat.getServer().await();
    }
}
