package io.reftrail.servlet;

import java.util.EnumSet;
import java.util.Set;

class UndertowTests extends FilterContract {

    private static final Set<ServerHabit> LACKING = EnumSet.of(
            ServerHabit.TAKES_BROKEN_ENCODINGS,
            ServerHabit.TAKES_UNENCODED_CHARACTERS,
            ServerHabit.RESOLVES_DOT_SEGMENTS,
            ServerHabit.READS_ANY_COOKIE,
            ServerHabit.KEEPS_HEADERS_OF_BROKEN_PAGES,
            ServerHabit.LOGS_IN_WITHOUT_SESSION,
            ServerHabit.BINDS_DATA_SOURCES);

    @Override
    WebServer start(WebApp app) {
        return UndertowServer.start(app);
    }

    @Override
    boolean has(ServerHabit habit) {
        return !LACKING.contains(habit);
    }
}
