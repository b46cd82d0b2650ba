package io.reftrail.servlet;

import java.nio.file.Path;

class JettyEe11WarTests extends WarContract {

    @Override
    WebServer deploy(Path directory) {
        return JettyServer.deploy(directory);
    }
}
