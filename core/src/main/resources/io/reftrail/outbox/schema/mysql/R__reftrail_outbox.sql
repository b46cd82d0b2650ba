-- liquibase formatted sql
-- changeset reftrail:outbox-1
-- Reftrail's outbox and customer ledger, version 1, for MySQL 8 and MariaDB 10.6 and later. Can be run again.
-- Flyway: add classpath:io/reftrail/outbox/schema/mysql to its locations. Liquibase: include this file.
CREATE TABLE IF NOT EXISTS reftrail_event (
    id          BINARY(16) NOT NULL PRIMARY KEY,
    backend     VARCHAR(40) NOT NULL,
    customer    BINARY(16),
    follows     BINARY(16),
    attribution MEDIUMTEXT NOT NULL,
    payload     MEDIUMTEXT,
    occurred_at BIGINT NOT NULL,
    enqueued_at BIGINT NOT NULL,
    due_at      BIGINT,
    lease       VARCHAR(60),
    attempts    INT NOT NULL DEFAULT 0,
    verdict     VARCHAR(16),
    reason      VARCHAR(500),
    settled_at  BIGINT,
    KEY reftrail_event_due (backend, due_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS reftrail_sender (
    id      VARCHAR(36) NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS reftrail_setting (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    text VARCHAR(200) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

INSERT IGNORE INTO reftrail_setting (name, text) VALUES ('schema-version', '1');

-- changeset reftrail:outbox-2
-- Version 2: since when customers are known.
CREATE TABLE IF NOT EXISTS reftrail_customer (
    customer    BINARY(16) NOT NULL PRIMARY KEY,
    known_since BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

UPDATE reftrail_setting SET text = '2' WHERE name = 'schema-version';

-- changeset reftrail:outbox-3
-- Indexes for erasing a customer, for the list of dead events, and for removing what is older than the retention.
-- For tables of another prefix, replace reftrail_ in a copy of this file, and set reftrail.outbox.table-prefix.
SET @reftrail_ddl = IF(
    (SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
        AND index_name = 'reftrail_event_customer') = 0,
    'CREATE INDEX reftrail_event_customer ON reftrail_event (customer, settled_at)', 'DO 0');
PREPARE reftrail_statement FROM @reftrail_ddl;
EXECUTE reftrail_statement;
DEALLOCATE PREPARE reftrail_statement;

SET @reftrail_ddl = IF(
    (SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
        AND index_name = 'reftrail_event_follows') = 0,
    'CREATE INDEX reftrail_event_follows ON reftrail_event (follows)', 'DO 0');
PREPARE reftrail_statement FROM @reftrail_ddl;
EXECUTE reftrail_statement;
DEALLOCATE PREPARE reftrail_statement;

SET @reftrail_ddl = IF(
    (SELECT COUNT(*) FROM information_schema.statistics WHERE table_schema = DATABASE()
        AND index_name = 'reftrail_event_settled') = 0,
    'CREATE INDEX reftrail_event_settled ON reftrail_event (due_at, settled_at)', 'DO 0');
PREPARE reftrail_statement FROM @reftrail_ddl;
EXECUTE reftrail_statement;
DEALLOCATE PREPARE reftrail_statement;

REPLACE INTO reftrail_setting (name, text) VALUES ('indexes', '1');

-- changeset reftrail:outbox-4
-- What payment providers have said about payers. Only the module reftrail-payments needs it.
CREATE TABLE IF NOT EXISTS reftrail_payer (
    id         BINARY(16) NOT NULL PRIMARY KEY,
    root       BINARY(16) NOT NULL,
    customer   BINARY(16),
    record     MEDIUMTEXT,
    changed_at BIGINT NOT NULL,
    KEY reftrail_payer_root (root),
    KEY reftrail_payer_customer (customer),
    KEY reftrail_payer_changed (changed_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

INSERT IGNORE INTO reftrail_setting (name, text) VALUES ('payers', '1');

-- changeset reftrail:outbox-5
-- Journeys of customers, for the property reftrail.attribution.enabled: where they came from, and what they paid. These tables are for
-- your own SQL too: docs/attribution.md describes the columns. Times are in UTC.
CREATE TABLE IF NOT EXISTS reftrail_touch (
    customer_id  VARCHAR(255) NOT NULL,
    touch_no     INT NOT NULL,
    touched_at   DATETIME(3) NOT NULL,
    origin       VARCHAR(16) NOT NULL,
    source       VARCHAR(255) NOT NULL,
    direct       SMALLINT NOT NULL,
    referrer     VARCHAR(255),
    landing_path VARCHAR(255),
    utm_source   VARCHAR(255),
    utm_medium   VARCHAR(255),
    utm_campaign VARCHAR(255),
    utm_term     VARCHAR(255),
    utm_content  VARCHAR(255),
    ad_parameter VARCHAR(16),
    ad_click_id  VARCHAR(255),
    backend      VARCHAR(40),
    partner_code VARCHAR(255),
    replaced_at  DATETIME(3),
    stored_at    DATETIME(3) NOT NULL,
    PRIMARY KEY (customer_id, touch_no),
    KEY reftrail_touch_stored (stored_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS reftrail_conversion (
    customer_id   VARCHAR(255) NOT NULL,
    kind          VARCHAR(16) NOT NULL,
    conversion_id VARCHAR(255) NOT NULL,
    occurred_at   DATETIME(3) NOT NULL,
    amount        DECIMAL(19, 4),
    decimals      SMALLINT NOT NULL,
    currency      VARCHAR(3),
    PRIMARY KEY (customer_id, kind, conversion_id),
    KEY reftrail_conversion_occurred (occurred_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS reftrail_correction (
    customer_id   VARCHAR(255) NOT NULL,
    correction_no INT NOT NULL,
    corrected_at  DATETIME(3) NOT NULL,
    backend       VARCHAR(40),
    partner_code  VARCHAR(255),
    reason        VARCHAR(200) NOT NULL,
    actor         VARCHAR(200) NOT NULL,
    PRIMARY KEY (customer_id, correction_no),
    KEY reftrail_correction_corrected (corrected_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT IGNORE INTO reftrail_setting (name, text) VALUES ('journeys', '1');

-- changeset reftrail:outbox-6
-- Figures for operators: counts of decisions by the minute, hour and day, reports of processes, and requests to them.
CREATE TABLE IF NOT EXISTS reftrail_count (
    minutes    INT NOT NULL,
    started_at BIGINT NOT NULL,
    stage      VARCHAR(20) NOT NULL,
    event      VARCHAR(20) NOT NULL,
    backend    VARCHAR(40) NOT NULL,
    reason     VARCHAR(40) NOT NULL,
    currency   VARCHAR(3) NOT NULL,
    events     BIGINT NOT NULL,
    amount     BIGINT NOT NULL,
    PRIMARY KEY (minutes, started_at, stage, event, backend, reason, currency)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE IF NOT EXISTS reftrail_note (
    name       VARCHAR(60) NOT NULL PRIMARY KEY,
    text       MEDIUMTEXT NOT NULL,
    written_at BIGINT NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

INSERT IGNORE INTO reftrail_setting (name, text) VALUES ('figures', '1');

-- changeset reftrail:outbox-7
-- "Refer a friend", for the property reftrail.referrals.enabled: the code of each customer's link, and the customers who came
-- by one. These tables are for your own SQL too: docs/refer-a-friend.md describes the columns. Times are in UTC.
CREATE TABLE IF NOT EXISTS reftrail_referrer (
    customer_id VARCHAR(255) NOT NULL PRIMARY KEY,
    code        VARCHAR(40) NOT NULL UNIQUE,
    created_at  DATETIME(3) NOT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS reftrail_referral (
    customer_id  VARCHAR(255) NOT NULL PRIMARY KEY,
    referrer_id  VARCHAR(255) NOT NULL,
    clicked_at   DATETIME(3),
    signed_up_at DATETIME(3) NOT NULL,
    status       VARCHAR(16) NOT NULL,
    invoice_id   VARCHAR(255),
    paid_at      DATETIME(3),
    amount       DECIMAL(19, 4),
    decimals     SMALLINT,
    currency     VARCHAR(3),
    rewarded_at  DATETIME(3),
    attempts     INT NOT NULL,
    retry_at     DATETIME(3),
    lease        VARCHAR(60),
    KEY reftrail_referral_referrer (referrer_id),
    KEY reftrail_referral_paid (status, paid_at),
    KEY reftrail_referral_signed (signed_up_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE TABLE IF NOT EXISTS reftrail_referral_payment (
    customer_id VARCHAR(255) NOT NULL,
    invoice_id  VARCHAR(255) NOT NULL,
    paid_at     DATETIME(3) NOT NULL,
    amount      DECIMAL(19, 4) NOT NULL,
    decimals    SMALLINT NOT NULL,
    currency    VARCHAR(3) NOT NULL,
    refunded    DECIMAL(19, 4) NOT NULL,
    PRIMARY KEY (customer_id, invoice_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT IGNORE INTO reftrail_setting (name, text) VALUES ('referrals', '1');

-- changeset reftrail:outbox-8
-- The sign-ups of the last hour by network, as keyed hashes, for the property reftrail.lead.same-network.
CREATE TABLE IF NOT EXISTS reftrail_recent_sign_up (
    network      BINARY(16) NOT NULL,
    signed_up_at BIGINT NOT NULL,
    customer     BINARY(16) NOT NULL,
    PRIMARY KEY (network, signed_up_at, customer),
    KEY reftrail_recent_sign_up_at (signed_up_at),
    KEY reftrail_recent_sign_up_customer (customer)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

INSERT IGNORE INTO reftrail_setting (name, text) VALUES ('recent-sign-ups', '1');
