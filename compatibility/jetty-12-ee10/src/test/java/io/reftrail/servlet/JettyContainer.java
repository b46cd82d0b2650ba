package io.reftrail.servlet;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Jetty, in the version on the class path. */
public final class JettyContainer implements ServletContainer {

    private static final Set<ServerHabit> LACKING =
            EnumSet.of(ServerHabit.RESTORES_INTERRUPTED_FORMS, ServerHabit.ASKS_MODULES_AGAIN);

    @Override
    public WebServer start(WebApp app) {
        return JettyServer.start(app);
    }

    @Override
    public WebServer deploy(Path directory) {
        return JettyServer.deploy(directory);
    }

    @Override
    public boolean has(ServerHabit habit) {
        return !LACKING.contains(habit);
    }
}
