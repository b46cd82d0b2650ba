package io.reftrail.servlet;

import java.nio.file.Path;

/** Tomcat, in the version on the class path. */
public final class TomcatContainer implements ServletContainer {

    @Override
    public WebServer start(WebApp app) {
        return TomcatServer.start(app);
    }

    @Override
    public WebServer deploy(Path directory) {
        return TomcatServer.deploy(directory);
    }
}
