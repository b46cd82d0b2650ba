-- liquibase formatted sql
-- changeset reftrail:outbox-1
-- Reftrail's outbox and customer ledger, version 1, for PostgreSQL 14 and later. Can be run again.
-- Flyway: add classpath:io/reftrail/outbox/schema/postgresql to its locations. Liquibase: include this file.
CREATE TABLE IF NOT EXISTS reftrail_event (
    id          BYTEA NOT NULL PRIMARY KEY,
    backend     VARCHAR(40) NOT NULL,
    customer    BYTEA,
    follows     BYTEA,
    attribution TEXT NOT NULL,
    payload     TEXT,
    occurred_at BIGINT NOT NULL,
    enqueued_at BIGINT NOT NULL,
    due_at      BIGINT,
    lease       VARCHAR(60),
    attempts    INT NOT NULL DEFAULT 0,
    verdict     VARCHAR(16),
    reason      VARCHAR(500),
    settled_at  BIGINT
);

CREATE INDEX IF NOT EXISTS reftrail_event_due ON reftrail_event (backend, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE IF NOT EXISTS reftrail_sender (
    id      VARCHAR(36) NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS reftrail_setting (
    name VARCHAR(40) NOT NULL PRIMARY KEY,
    text VARCHAR(200) NOT NULL
);

INSERT INTO reftrail_setting (name, text) VALUES ('schema-version', '1') ON CONFLICT DO NOTHING;

-- changeset reftrail:outbox-2
-- Version 2: since when customers are known.
CREATE TABLE IF NOT EXISTS reftrail_customer (
    customer    BYTEA NOT NULL PRIMARY KEY,
    known_since BIGINT NOT NULL
);

UPDATE reftrail_setting SET text = '2' WHERE name = 'schema-version';

-- changeset reftrail:outbox-3
-- Indexes for erasing a customer, for the list of dead events, and for removing what is older than the retention.
-- For tables of another prefix, replace reftrail_ in a copy of this file, and set reftrail.outbox.table-prefix.
CREATE INDEX IF NOT EXISTS reftrail_event_customer ON reftrail_event (customer)
    WHERE due_at IS NULL OR due_at >= 253402300799997;

CREATE INDEX IF NOT EXISTS reftrail_event_follows ON reftrail_event (follows) WHERE follows IS NOT NULL;

CREATE INDEX IF NOT EXISTS reftrail_event_dead ON reftrail_event (settled_at) WHERE due_at = 253402300799999;

CREATE INDEX IF NOT EXISTS reftrail_event_settled ON reftrail_event (settled_at)
    WHERE due_at IS NULL AND customer IS NOT NULL;

CREATE INDEX IF NOT EXISTS reftrail_event_clicks ON reftrail_event (settled_at)
    WHERE due_at IS NULL AND customer IS NULL;

INSERT INTO reftrail_setting (name, text) VALUES ('indexes', '1') ON CONFLICT (name) DO UPDATE SET text = excluded.text;

-- changeset reftrail:outbox-4
-- What payment providers have said about payers. Only the module reftrail-payments needs it.
CREATE TABLE IF NOT EXISTS reftrail_payer (
    id         BYTEA NOT NULL PRIMARY KEY,
    root       BYTEA NOT NULL,
    customer   BYTEA,
    record     TEXT,
    changed_at BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS reftrail_payer_root ON reftrail_payer (root);

CREATE INDEX IF NOT EXISTS reftrail_payer_customer ON reftrail_payer (customer) WHERE customer IS NOT NULL;

CREATE INDEX IF NOT EXISTS reftrail_payer_changed ON reftrail_payer (changed_at) WHERE record IS NOT NULL;

INSERT INTO reftrail_setting (name, text) VALUES ('payers', '1') ON CONFLICT DO NOTHING;

-- changeset reftrail:outbox-5
-- Journeys of customers, for the property reftrail.attribution.enabled: where they came from, and what they paid. These tables are for
-- your own SQL too: docs/attribution.md describes the columns. Times are in UTC.
CREATE TABLE IF NOT EXISTS reftrail_touch (
    customer_id  VARCHAR(255) NOT NULL,
    touch_no     INT NOT NULL,
    touched_at   TIMESTAMP(3) WITH TIME ZONE NOT NULL,
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
    replaced_at  TIMESTAMP(3) WITH TIME ZONE,
    stored_at    TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (customer_id, touch_no)
);

CREATE INDEX IF NOT EXISTS reftrail_touch_stored ON reftrail_touch (stored_at);

CREATE TABLE IF NOT EXISTS reftrail_conversion (
    customer_id   VARCHAR(255) NOT NULL,
    kind          VARCHAR(16) NOT NULL,
    conversion_id VARCHAR(255) NOT NULL,
    occurred_at   TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    amount        DECIMAL(19, 4),
    decimals      SMALLINT NOT NULL,
    currency      VARCHAR(3),
    PRIMARY KEY (customer_id, kind, conversion_id)
);

CREATE INDEX IF NOT EXISTS reftrail_conversion_occurred ON reftrail_conversion (occurred_at);

CREATE TABLE IF NOT EXISTS reftrail_correction (
    customer_id   VARCHAR(255) NOT NULL,
    correction_no INT NOT NULL,
    corrected_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    backend       VARCHAR(40),
    partner_code  VARCHAR(255),
    reason        VARCHAR(200) NOT NULL,
    actor         VARCHAR(200) NOT NULL,
    PRIMARY KEY (customer_id, correction_no)
);

CREATE INDEX IF NOT EXISTS reftrail_correction_corrected ON reftrail_correction (corrected_at);

INSERT INTO reftrail_setting (name, text) VALUES ('journeys', '1') ON CONFLICT DO NOTHING;

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
);

CREATE TABLE IF NOT EXISTS reftrail_note (
    name       VARCHAR(60) NOT NULL PRIMARY KEY,
    text       TEXT NOT NULL,
    written_at BIGINT NOT NULL
);

INSERT INTO reftrail_setting (name, text) VALUES ('figures', '1') ON CONFLICT DO NOTHING;

-- changeset reftrail:outbox-7
-- "Refer a friend", for the property reftrail.referrals.enabled: the code of each customer's link, and the customers who came
-- by one. These tables are for your own SQL too: docs/refer-a-friend.md describes the columns. Times are in UTC.
CREATE TABLE IF NOT EXISTS reftrail_referrer (
    customer_id VARCHAR(255) NOT NULL PRIMARY KEY,
    code        VARCHAR(40) NOT NULL UNIQUE,
    created_at  TIMESTAMP(3) WITH TIME ZONE NOT NULL
);

CREATE TABLE IF NOT EXISTS reftrail_referral (
    customer_id  VARCHAR(255) NOT NULL PRIMARY KEY,
    referrer_id  VARCHAR(255) NOT NULL,
    clicked_at   TIMESTAMP(3) WITH TIME ZONE,
    signed_up_at TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    status       VARCHAR(16) NOT NULL,
    invoice_id   VARCHAR(255),
    paid_at      TIMESTAMP(3) WITH TIME ZONE,
    amount       DECIMAL(19, 4),
    decimals     SMALLINT,
    currency     VARCHAR(3),
    rewarded_at  TIMESTAMP(3) WITH TIME ZONE,
    attempts     INT NOT NULL,
    retry_at     TIMESTAMP(3) WITH TIME ZONE,
    lease        VARCHAR(60)
);

CREATE INDEX IF NOT EXISTS reftrail_referral_referrer ON reftrail_referral (referrer_id);

CREATE INDEX IF NOT EXISTS reftrail_referral_paid ON reftrail_referral (status, paid_at);

CREATE INDEX IF NOT EXISTS reftrail_referral_signed ON reftrail_referral (signed_up_at);

CREATE TABLE IF NOT EXISTS reftrail_referral_payment (
    customer_id VARCHAR(255) NOT NULL,
    invoice_id  VARCHAR(255) NOT NULL,
    paid_at     TIMESTAMP(3) WITH TIME ZONE NOT NULL,
    amount      DECIMAL(19, 4) NOT NULL,
    decimals    SMALLINT NOT NULL,
    currency    VARCHAR(3) NOT NULL,
    refunded    DECIMAL(19, 4) NOT NULL,
    PRIMARY KEY (customer_id, invoice_id)
);

INSERT INTO reftrail_setting (name, text) VALUES ('referrals', '1') ON CONFLICT DO NOTHING;

-- changeset reftrail:outbox-8
-- The sign-ups of the last hour by network, as keyed hashes, for the property reftrail.lead.same-network.
CREATE TABLE IF NOT EXISTS reftrail_recent_sign_up (
    network      BYTEA NOT NULL,
    signed_up_at BIGINT NOT NULL,
    customer     BYTEA NOT NULL,
    PRIMARY KEY (network, signed_up_at, customer)
);

CREATE INDEX IF NOT EXISTS reftrail_recent_sign_up_at ON reftrail_recent_sign_up (signed_up_at);

CREATE INDEX IF NOT EXISTS reftrail_recent_sign_up_customer ON reftrail_recent_sign_up (customer);

INSERT INTO reftrail_setting (name, text) VALUES ('recent-sign-ups', '1') ON CONFLICT DO NOTHING;
