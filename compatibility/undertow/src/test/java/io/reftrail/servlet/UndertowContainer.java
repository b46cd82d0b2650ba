package io.reftrail.servlet;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Undertow, in the version on the class path. It deploys no directories. */
public final class UndertowContainer implements ServletContainer {

    private static final Set<ServerHabit> LACKING = EnumSet.of(
            ServerHabit.TAKES_BROKEN_ENCODINGS,
            ServerHabit.TAKES_UNENCODED_CHARACTERS,
            ServerHabit.RESOLVES_DOT_SEGMENTS,
            ServerHabit.READS_ANY_COOKIE,
            ServerHabit.KEEPS_HEADERS_OF_BROKEN_PAGES,
            ServerHabit.LOGS_IN_WITHOUT_SESSION,
            ServerHabit.BINDS_DATA_SOURCES,
            ServerHabit.DEPLOYS_DIRECTORIES);

    @Override
    public WebServer start(WebApp app) {
        return UndertowServer.start(app);
    }

    @Override
    public WebServer deploy(Path directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean has(ServerHabit habit) {
        return !LACKING.contains(habit);
    }
}
