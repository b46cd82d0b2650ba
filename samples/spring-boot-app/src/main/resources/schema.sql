CREATE TABLE account (
    id         VARCHAR(36) PRIMARY KEY,
    email      VARCHAR(254) NOT NULL UNIQUE,
    name       VARCHAR(100) NOT NULL,
    password   VARCHAR(200) NOT NULL,
    created_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

CREATE TABLE purchase (
    invoice   VARCHAR(40) PRIMARY KEY,
    customer  VARCHAR(36) NOT NULL,
    refunded  BOOLEAN NOT NULL,
    bought_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
