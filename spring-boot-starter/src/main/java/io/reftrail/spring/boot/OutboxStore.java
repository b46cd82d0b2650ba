package io.reftrail.spring.boot;

/** Where leads wait. */
enum OutboxStore {
    /** In the application's database if there is one that can hold them, in an embedded file otherwise. */
    AUTO,
    /** In the application's database. */
    JDBC,
    /** In an embedded file. */
    EMBEDDED,
    /** In memory: they are lost with the process. */
    MEMORY
}
