package io.reftrail.servlet;

import java.nio.file.Path;

class Tomcat101WarTests extends WarContract {

    @Override
    WebServer deploy(Path directory) {
        return TomcatServer.deploy(directory);
    }
}
