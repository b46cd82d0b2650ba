package io.reftrail.spring.boot;

/** In which of the application's databases missing tables are created. */
enum SchemaInitialization {
    /** In those that live in the application's process. */
    EMBEDDED,
    /** In all. */
    ALWAYS,
    /** In none: the application's migrations do it. */
    NEVER
}
