package io.reftrail.servlet;

class Tomcat101Tests extends FilterContract {

    @Override
    WebServer start(WebApp app) {
        return TomcatServer.start(app);
    }
}
