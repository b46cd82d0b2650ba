/** An outbox in the tables of a relational database: the application's own, or an embedded SQLite file. */
@NullMarked
package io.reftrail.outbox.jdbc;

import org.jspecify.annotations.NullMarked;
