package io.reftrail.servlet;

class Tomcat11Tests extends FilterContract {

    @Override
    WebServer start(WebApp app) {
        return TomcatServer.start(app);
    }
}
