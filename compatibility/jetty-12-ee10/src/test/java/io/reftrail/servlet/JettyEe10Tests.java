package io.reftrail.servlet;

import java.util.EnumSet;
import java.util.Set;

class JettyEe10Tests extends FilterContract {

    private static final Set<ServerHabit> LACKING =
            EnumSet.of(ServerHabit.RESTORES_INTERRUPTED_FORMS, ServerHabit.ASKS_MODULES_AGAIN);

    @Override
    WebServer start(WebApp app) {
        return JettyServer.start(app);
    }

    @Override
    boolean has(ServerHabit habit) {
        return !LACKING.contains(habit);
    }
}
