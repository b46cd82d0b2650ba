create table if not exists clicks (
  id varchar(256) primary key,
  vendor varchar(40) not null,
  partner varchar(200) not null,
  at timestamp(9) with time zone not null
);

create table if not exists conversions (
  id varchar(40) primary key,
  vendor varchar(40) not null,
  kind varchar(10) not null,
  dedup_key varchar,
  partner varchar(200) not null,
  at timestamp(9) with time zone not null,
  number bigint generated always as identity,
  click_id varchar(256) not null,
  amount bigint,
  currency varchar,
  refunded bigint not null default 0
);

create index if not exists conversions_dedup on conversions (vendor, kind, dedup_key);

create table if not exists customers (
  number bigint generated always as identity primary key,
  vendor varchar(40) not null,
  click_id varchar(256) not null,
  external_id varchar,
  status varchar(20) not null,
  at timestamp(9) with time zone not null
);

create index if not exists customers_click on customers (vendor, click_id);
create index if not exists customers_external_id on customers (vendor, external_id);

create table if not exists claims (
  vendor varchar(40) not null,
  claim varchar not null,
  word varchar not null,
  at timestamp(9) with time zone not null
);

create index if not exists claims_claim on claims (vendor, claim);

create table if not exists events (
  number bigint generated always as identity primary key,
  id varchar(40) not null,
  type varchar(40) not null,
  payload varchar not null,
  at timestamp(9) with time zone not null
);

create table if not exists calls (
  id bigint generated always as identity primary key,
  at timestamp(9) with time zone not null,
  vendor varchar(40),
  method varchar(20) not null,
  path varchar not null,
  status int,
  verdict varchar(20) not null,
  reason varchar not null,
  partner varchar(200),
  customer varchar,
  email varchar,
  email_hash varchar(64),
  click_id varchar,
  kind varchar(20),
  amount bigint,
  currency varchar
);

alter table calls add column if not exists email_hash varchar(64);
