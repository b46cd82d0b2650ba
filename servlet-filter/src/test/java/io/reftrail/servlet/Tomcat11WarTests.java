package io.reftrail.servlet;

import java.nio.file.Path;

class Tomcat11WarTests extends WarContract {

    @Override
    WebServer deploy(Path directory) {
        return TomcatServer.deploy(directory);
    }
}
