-- Programs of others that people sign in to by what they sign in to the clinic with (OpenID Connect).

-- A program that an administrator has registered. One without a secret keeps none: it runs where anybody can read it. The
-- secret before the last one counts for a day, so that it can be replaced while the program runs.
CREATE TABLE trusted_program (
    tenant_id            int         NOT NULL,
    id                   uuid        NOT NULL,
    name                 text        NOT NULL,
    redirects            text[]      NOT NULL,
    scopes               text[]      NOT NULL,
    secret_digest        bytea,
    secret_digest_before bytea,
    before_until         timestamptz,
    version              int         NOT NULL DEFAULT 1,
    created_at           timestamptz NOT NULL,
    CONSTRAINT trusted_program_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT trusted_program_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT trusted_program_name_is_short CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT trusted_program_redirects_are_few CHECK (cardinality(redirects) BETWEEN 1 AND 20),
    CONSTRAINT trusted_program_scopes_are_known CHECK (scopes <@ ARRAY['openid', 'profile', 'email', 'phone']),
    CONSTRAINT trusted_program_secret_is_sha256 CHECK (octet_length(secret_digest) = 32),
    CONSTRAINT trusted_program_secret_has_an_end CHECK ((secret_digest_before IS NULL) = (before_until IS NULL))
);
ALTER TABLE trusted_program ENABLE ROW LEVEL SECURITY;
ALTER TABLE trusted_program FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON trusted_program
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- What a person has let a program know of them.
CREATE TABLE program_consent (
    tenant_id   int         NOT NULL,
    program_id  uuid        NOT NULL,
    person_kind text        NOT NULL,
    person_id   uuid        NOT NULL,
    scopes      text[]      NOT NULL,
    given_at    timestamptz NOT NULL,
    CONSTRAINT program_consent_key PRIMARY KEY (tenant_id, program_id, person_kind, person_id),
    CONSTRAINT program_consent_program_exists
        FOREIGN KEY (tenant_id, program_id) REFERENCES trusted_program (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT program_consent_person_kind_is_known CHECK (person_kind IN ('staff', 'patient'))
);
ALTER TABLE program_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE program_consent FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON program_consent
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- What a sign-in has given to a program: all its tokens belong to it, and to the sign-in that it came from. Nothing of a token is
-- kept but how many refresh tokens were given out.
CREATE TABLE program_sign_in (
    tenant_id  int         NOT NULL,
    id         uuid        NOT NULL,
    program_id uuid        NOT NULL,
    sign_in_id uuid        NOT NULL,
    scopes     text[]      NOT NULL,
    generation int         NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    rotated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    end_reason text,
    CONSTRAINT program_sign_in_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT program_sign_in_program_exists
        FOREIGN KEY (tenant_id, program_id) REFERENCES trusted_program (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT program_sign_in_comes_from_a_sign_in
        FOREIGN KEY (tenant_id, sign_in_id) REFERENCES sign_in (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT program_sign_in_generation_counts CHECK (generation >= 0),
    CONSTRAINT program_sign_in_ends_for_a_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CONSTRAINT program_sign_in_end_reason_is_known CHECK (end_reason IN ('revoked', 'reused', 'code-used-twice'))
) WITH (fillfactor = 80);
CREATE INDEX program_sign_in_of_program ON program_sign_in (tenant_id, program_id);
CREATE INDEX program_sign_in_of_sign_in ON program_sign_in (tenant_id, sign_in_id);
ALTER TABLE program_sign_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE program_sign_in FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON program_sign_in
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- A code on its way to a program, good once and for a minute. Of the code only a digest is kept; how often it came back is counted,
-- and what its first use gave is remembered, so that a second use ends it.
CREATE TABLE program_code (
    tenant_id          int         NOT NULL,
    digest             bytea       NOT NULL,
    program_id         uuid        NOT NULL,
    sign_in_id         uuid        NOT NULL,
    redirect           text        NOT NULL,
    scopes             text[]      NOT NULL,
    nonce              text,
    challenge          bytea       NOT NULL,
    expires_at         timestamptz NOT NULL,
    uses               smallint    NOT NULL DEFAULT 0,
    program_sign_in_id uuid,
    CONSTRAINT program_code_key PRIMARY KEY (tenant_id, digest),
    CONSTRAINT program_code_program_exists
        FOREIGN KEY (tenant_id, program_id) REFERENCES trusted_program (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT program_code_comes_from_a_sign_in
        FOREIGN KEY (tenant_id, sign_in_id) REFERENCES sign_in (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT program_code_gave_a_sign_in
        FOREIGN KEY (tenant_id, program_sign_in_id) REFERENCES program_sign_in (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT program_code_digests_are_sha256 CHECK (octet_length(digest) = 32 AND octet_length(challenge) = 32),
    CONSTRAINT program_code_words_are_short CHECK (length(redirect) <= 2048 AND length(nonce) <= 256),
    CONSTRAINT program_code_uses_are_counted CHECK (uses BETWEEN 0 AND 2)
);
CREATE INDEX program_code_over ON program_code (tenant_id, expires_at);
ALTER TABLE program_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE program_code FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON program_code
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

GRANT SELECT, INSERT, UPDATE (name, redirects, scopes, secret_digest, secret_digest_before, before_until, version), DELETE
    ON trusted_program TO nadi_app;
GRANT SELECT, INSERT, UPDATE (scopes, given_at), DELETE ON program_consent TO nadi_app;
GRANT SELECT, INSERT, UPDATE (generation, rotated_at, expires_at, ended_at, end_reason), DELETE ON program_sign_in TO nadi_app;
GRANT SELECT, INSERT, UPDATE (uses, program_sign_in_id), DELETE ON program_code TO nadi_app;
