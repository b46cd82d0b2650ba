-- An old customer, to see that following a partner's link does not make a lead of her. Password: "password".
INSERT INTO account (id, email, email_proven, name, password, created_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'ada@example.org', TRUE, 'Ada', '{noop}password', TIMESTAMP WITH TIME ZONE '2024-02-29 12:00:00+00');

INSERT INTO coupon (code, vendor, partner)
VALUES ('SUMMER-NORA', 'affitor', 'nora'), ('PODCAST-LEO', 'affonso', 'leo'), ('MIA-10', 'tolt', 'mia'), ('NORA-VIP', 'tapfiliate', 'nora');
