package io.reftrail.servlet;

/** What a server is free to do, or does though it should not, and what its contracts therefore have to know of it. */
enum ServerHabit {

    /** Lets requests with a broken percent-encoding in the query reach the application. Others answer them with 400. */
    TAKES_BROKEN_ENCODINGS,

    /** Lets requests with characters reach the application that RFC 3986 wants encoded. Others answer them with 400. */
    TAKES_UNENCODED_CHARACTERS,

    /** Resolves dot segments before it maps a path, as section 3.5.2 of the Servlet specification has it. */
    RESOLVES_DOT_SEGMENTS,

    /** Serves a page that asks for its session where a cookie has bytes that are no ASCII. Others fail. */
    READS_ANY_COOKIE,

    /** Keeps the headers, cookies among them, of a page that throws. Others send the error page without them. */
    KEEPS_HEADERS_OF_BROKEN_PAGES,

    /** {@code HttpServletRequest.login} makes no session. Elsewhere it does, and fails where the response is on its way. */
    LOGS_IN_WITHOUT_SESSION,

    /** Brings a form that {@code FORM} has interrupted back after the sign-in, with its body. Others come back with GET. */
    RESTORES_INTERRUPTED_FORMS,

    /** Asks an authentication module again where the application calls {@code HttpServletRequest.authenticate}. */
    ASKS_MODULES_AGAIN,

    /** Has a naming context, {@code java:comp/env}, that an application finds its data sources in. */
    BINDS_DATA_SOURCES,

    /** Deploys a directory with {@code WEB-INF}. */
    DEPLOYS_DIRECTORIES
}
