-- OpenID providers of clinics, by which their staff sign in.

-- One that an administrator has named. The secret by which the clinic is known there is sealed for its row. Only mail addresses of
-- these domains are believed.
CREATE TABLE trusted_issuer (
    tenant_id             int         NOT NULL,
    id                    uuid        NOT NULL,
    name                  text        NOT NULL,
    issuer                text        NOT NULL,
    registered_as         text        NOT NULL,
    sealed_secret         bytea,
    domains               text[]      NOT NULL,
    covers_second_factor  boolean     NOT NULL DEFAULT false,
    enabled               boolean     NOT NULL DEFAULT true,
    version               int         NOT NULL DEFAULT 1,
    created_at            timestamptz NOT NULL,
    CONSTRAINT trusted_issuer_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT trusted_issuer_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT trusted_issuer_is_named_once UNIQUE (tenant_id, issuer, registered_as),
    CONSTRAINT trusted_issuer_words_are_short CHECK (length(name) BETWEEN 1 AND 100 AND length(issuer) <= 500
        AND length(registered_as) BETWEEN 1 AND 300),
    CONSTRAINT trusted_issuer_domains_are_few CHECK (cardinality(domains) BETWEEN 1 AND 20)
);
ALTER TABLE trusted_issuer ENABLE ROW LEVEL SECURITY;
ALTER TABLE trusted_issuer FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON trusted_issuer
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Who of the staff an issuer means by a subject: found by mail address the first time, and by the subject ever after.
CREATE TABLE issuer_link (
    tenant_id       int         NOT NULL,
    issuer_id       uuid        NOT NULL,
    subject         text        NOT NULL,
    staff_member_id uuid        NOT NULL,
    linked_at       timestamptz NOT NULL,
    CONSTRAINT issuer_link_key PRIMARY KEY (tenant_id, issuer_id, subject),
    CONSTRAINT issuer_link_is_one_of_a_person UNIQUE (tenant_id, issuer_id, staff_member_id),
    CONSTRAINT issuer_link_issuer_exists
        FOREIGN KEY (tenant_id, issuer_id) REFERENCES trusted_issuer (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT issuer_link_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT issuer_link_subject_is_short CHECK (length(subject) BETWEEN 1 AND 255)
);
ALTER TABLE issuer_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE issuer_link FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON issuer_link
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

ALTER TABLE sign_in DROP CONSTRAINT sign_in_method_is_known;
ALTER TABLE sign_in ADD CONSTRAINT sign_in_method_is_known
    CHECK (method IN ('code', 'password', 'passkey', 'openid', 'command'));

GRANT SELECT, INSERT, UPDATE (name, registered_as, sealed_secret, domains, covers_second_factor, enabled, version), DELETE
    ON trusted_issuer TO nadi_app;
GRANT SELECT, INSERT, DELETE ON issuer_link TO nadi_app;
