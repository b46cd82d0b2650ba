CREATE TABLE account (
    id           VARCHAR(36) PRIMARY KEY,
    email        VARCHAR(254) UNIQUE,
    -- Whether it is known that the address is the customer's.
    email_proven BOOLEAN NOT NULL,
    name         VARCHAR(100) NOT NULL,
    password     VARCHAR(200),
    created_at   TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

-- Who may sign in to an account at an identity provider.
CREATE TABLE identity (
    issuer  VARCHAR(200) NOT NULL,
    subject VARCHAR(255) NOT NULL,
    account VARCHAR(36) NOT NULL REFERENCES account,
    PRIMARY KEY (issuer, subject)
);

-- Devices that stay signed in, as Spring Security's JdbcTokenRepositoryImpl wants them. The user name is the account's id.
CREATE TABLE persistent_logins (
    username  VARCHAR(64) NOT NULL,
    series    VARCHAR(64) PRIMARY KEY,
    token     VARCHAR(64) NOT NULL,
    last_used TIMESTAMP NOT NULL
);

-- Who has which subscription at the payment provider.
CREATE TABLE purchase (
    subscription VARCHAR(255) PRIMARY KEY,
    customer     VARCHAR(36) NOT NULL,
    bought_at    TIMESTAMP(9) WITH TIME ZONE NOT NULL
);

-- Codes that partners hand out, in capital letters, and whose they are.
CREATE TABLE coupon (
    code    VARCHAR(40) PRIMARY KEY,
    vendor  VARCHAR(40) NOT NULL,
    partner VARCHAR(100) NOT NULL
);

-- What customers have to spend, for the friends they brought.
CREATE TABLE credit (
    customer VARCHAR(36) NOT NULL,
    euros    INT NOT NULL,
    given_at TIMESTAMP(9) WITH TIME ZONE NOT NULL
);
