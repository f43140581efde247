-- What people prove who they are with, beside one-time codes: passwords, time codes, passkeys.

-- A staff member's password, as Argon2id over a keyed hash: a copy of the database alone cannot be guessed at. The earlier
-- ones are kept so that none comes back.
CREATE TABLE password (
    tenant_id       int         NOT NULL,
    staff_member_id uuid        NOT NULL,
    hash            text        NOT NULL,
    earlier_hashes  text[]      NOT NULL DEFAULT '{}',
    set_at          timestamptz NOT NULL,
    CONSTRAINT password_key PRIMARY KEY (tenant_id, staff_member_id),
    CONSTRAINT password_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT password_is_argon2id CHECK (hash LIKE '$argon2id$%' AND length(hash) <= 128),
    CONSTRAINT password_history_is_short CHECK (cardinality(earlier_hashes) <= 5)
);
ALTER TABLE password ENABLE ROW LEVEL SECURITY;
ALTER TABLE password FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON password
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- A link that opens something once: it is made of this row's id under a key that the database does not know.
-- Who asks for one and is nobody here gets a row as well, and no message.
CREATE TABLE credential_link (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    purpose         text        NOT NULL,
    staff_member_id uuid,
    languages       text[]      NOT NULL DEFAULT '{}',
    made_at         timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    used_at         timestamptz,
    CONSTRAINT credential_link_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT credential_link_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT credential_link_purpose_is_known CHECK (purpose IN ('password-reset'))
);
CREATE INDEX credential_link_of_staff_member ON credential_link (tenant_id, staff_member_id) WHERE used_at IS NULL;
ALTER TABLE credential_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential_link FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON credential_link
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Wrong guesses that followed each other: at a person, from an address, on a known device. The key is a keyed hash that says
-- of what kind it is to nobody. A guess counts before it is judged, so that however many come at once, few are heard.
CREATE TABLE wrong_guess (
    tenant_id    int         NOT NULL,
    key          bytea       NOT NULL,
    failures     int         NOT NULL,
    last_at      timestamptz NOT NULL,
    locked_until timestamptz,
    CONSTRAINT wrong_guess_key PRIMARY KEY (tenant_id, key),
    CONSTRAINT wrong_guess_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT wrong_guess_key_is_sha256 CHECK (octet_length(key) = 32),
    CONSTRAINT wrong_guess_counts CHECK (failures >= 0)
) WITH (fillfactor = 50);
ALTER TABLE wrong_guess ENABLE ROW LEVEL SECURITY;
ALTER TABLE wrong_guess FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON wrong_guess
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- The secret that a staff member's authenticator app shares, sealed, and the step of its last code: none comes twice.
CREATE TABLE time_code (
    tenant_id       int         NOT NULL,
    staff_member_id uuid        NOT NULL,
    sealed_secret   bytea       NOT NULL,
    last_step       bigint,
    made_at         timestamptz NOT NULL,
    confirmed_at    timestamptz,
    CONSTRAINT time_code_key PRIMARY KEY (tenant_id, staff_member_id),
    CONSTRAINT time_code_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT time_code_secret_is_sealed CHECK (octet_length(sealed_secret) = 48),
    CONSTRAINT time_code_is_confirmed_by_a_code CHECK (confirmed_at IS NULL OR last_step IS NOT NULL)
);
ALTER TABLE time_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE time_code FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON time_code
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- What is left of the codes that a staff member wrote down; a used one is gone.
CREATE TABLE recovery_code (
    tenant_id       int   NOT NULL,
    staff_member_id uuid  NOT NULL,
    digest          bytea NOT NULL,
    CONSTRAINT recovery_code_key PRIMARY KEY (tenant_id, staff_member_id, digest),
    CONSTRAINT recovery_code_belongs_to_a_time_code
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES time_code (tenant_id, staff_member_id) ON DELETE CASCADE,
    CONSTRAINT recovery_code_is_sha256 CHECK (octet_length(digest) = 32)
);
ALTER TABLE recovery_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery_code FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON recovery_code
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- A passkey of a person's: its public key, and what its authenticator said last.
CREATE TABLE passkey (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    person_kind     text        NOT NULL,
    person_id       uuid        NOT NULL,
    credential_id   bytea       NOT NULL,
    public_key      bytea       NOT NULL,
    model           bytea       NOT NULL,
    name            text        NOT NULL,
    sign_count      bigint      NOT NULL,
    backup_eligible boolean     NOT NULL,
    backed_up       boolean     NOT NULL,
    verifies        boolean     NOT NULL,
    made_at         timestamptz NOT NULL,
    used_at         timestamptz,
    CONSTRAINT passkey_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT passkey_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT passkey_credential_is_one UNIQUE (tenant_id, credential_id),
    CONSTRAINT passkey_person_kind_is_known CHECK (person_kind IN ('staff', 'patient')),
    CONSTRAINT passkey_credential_is_short CHECK (octet_length(credential_id) BETWEEN 1 AND 1023),
    CONSTRAINT passkey_public_key_is_short CHECK (octet_length(public_key) BETWEEN 1 AND 1024),
    CONSTRAINT passkey_model_is_an_aaguid CHECK (octet_length(model) = 16),
    CONSTRAINT passkey_name_is_short CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT passkey_count_is_32_bits CHECK (sign_count BETWEEN 0 AND 4294967295),
    CONSTRAINT passkey_backup_is_possible CHECK (backup_eligible OR NOT backed_up)
);
CREATE INDEX passkey_of_person ON passkey (tenant_id, person_id);
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE passkey FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON passkey
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- A question that was put to somebody and waits for its one answer: to an authenticator, or for a second factor. What is asked
-- is made of the id under a key that the database does not know.
CREATE TABLE ceremony (
    tenant_id   int         NOT NULL,
    id          uuid        NOT NULL,
    purpose     text        NOT NULL,
    person_kind text,
    person_id   uuid,
    method      text,
    guesses     smallint    NOT NULL DEFAULT 0,
    expires_at  timestamptz NOT NULL,
    CONSTRAINT ceremony_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT ceremony_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT ceremony_purpose_is_known
        CHECK (purpose IN ('passkey-registration', 'passkey-sign-in', 'second-factor')),
    CONSTRAINT ceremony_person_kind_is_known CHECK (person_kind IN ('staff', 'patient')),
    CONSTRAINT ceremony_person_is_whole CHECK ((person_kind IS NULL) = (person_id IS NULL)),
    CONSTRAINT ceremony_person_is_known_but_for_passkeys CHECK (purpose = 'passkey-sign-in' OR person_id IS NOT NULL),
    CONSTRAINT ceremony_guesses_are_few CHECK (guesses BETWEEN 0 AND 5)
);
CREATE INDEX ceremony_over ON ceremony (tenant_id, expires_at);
ALTER TABLE ceremony ENABLE ROW LEVEL SECURITY;
ALTER TABLE ceremony FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON ceremony
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- When the person last proved who they are, beyond the sign-in itself.
ALTER TABLE sign_in ADD COLUMN proven_at timestamptz;
ALTER TABLE sign_in DROP CONSTRAINT sign_in_method_is_known;
ALTER TABLE sign_in ADD CONSTRAINT sign_in_method_is_known CHECK (method IN ('code', 'password', 'passkey', 'command'));
ALTER TABLE sign_in DROP CONSTRAINT sign_in_end_reason_is_known;
ALTER TABLE sign_in ADD CONSTRAINT sign_in_end_reason_is_known
    CHECK (end_reason IN ('signed-out', 'revoked', 'dismissed', 'reused', 'password-changed'));
GRANT UPDATE (proven_at) ON sign_in TO nadi_app;

GRANT SELECT, INSERT, UPDATE (hash, earlier_hashes, set_at), DELETE ON password TO nadi_app;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON credential_link TO nadi_app;
GRANT SELECT, INSERT, UPDATE (failures, last_at, locked_until), DELETE ON wrong_guess TO nadi_app;
GRANT SELECT, INSERT, UPDATE (sealed_secret, last_step, made_at, confirmed_at), DELETE ON time_code TO nadi_app;
GRANT SELECT, INSERT, DELETE ON recovery_code TO nadi_app;
GRANT SELECT, INSERT, UPDATE (name, sign_count, backed_up, used_at), DELETE ON passkey TO nadi_app;
GRANT SELECT, INSERT, UPDATE (guesses), DELETE ON ceremony TO nadi_app;
