package io.reftrail.outbox.jdbc;

/** PostgreSQL 14 and later. A failed statement makes the whole transaction fail, unless there is a savepoint before it. */
final class PostgresDialect extends Dialect {

    @Override
    String title() {
        return "PostgreSQL";
    }

    @Override
    String scriptFolder() {
        return "postgresql";
    }

    @Override
    String now() {
        return "floor(extract(epoch from statement_timestamp()) * 1000)::bigint";
    }

    @Override
    String recordFirstSignIn() {
        return """
                INSERT INTO reftrail_customer AS c (customer, known_since) VALUES (?, ?)
                ON CONFLICT (customer) DO UPDATE SET known_since = excluded.known_since
                WHERE excluded.known_since < c.known_since""";
    }

    @Override
    String onRepeatedKey() {
        return " ON CONFLICT DO NOTHING";
    }

    @Override
    boolean claimsInOneStatement() {
        return true;
    }

    @Override
    boolean sendsSavepointWithInsert() {
        return true;
    }

    @Override
    boolean limitsStatements() {
        return true;
    }
}
