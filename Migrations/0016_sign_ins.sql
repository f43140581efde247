-- Who has signed in where, the codes by which they do, and what the platform knows of a person across clinics.

-- One sign-in of one person on one device. Of refresh tokens nothing is kept but how many have been given out: each is made
-- of this row's id and its number under a key that the database does not know.
CREATE TABLE sign_in (
    tenant_id   int         NOT NULL,
    id          uuid        NOT NULL,
    person_kind text        NOT NULL,
    person_id   uuid        NOT NULL,
    method      text        NOT NULL,
    device      text        NOT NULL DEFAULT '',
    address     text,
    generation  int         NOT NULL DEFAULT 0,
    created_at  timestamptz NOT NULL,
    rotated_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    ended_at    timestamptz,
    end_reason  text,
    CONSTRAINT sign_in_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT sign_in_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT sign_in_person_kind_is_known CHECK (person_kind IN ('staff', 'patient')),
    CONSTRAINT sign_in_method_is_known CHECK (method IN ('code', 'command')),
    CONSTRAINT sign_in_words_are_short CHECK (length(device) <= 200 AND length(address) <= 60),
    CONSTRAINT sign_in_generation_counts CHECK (generation >= 0),
    CONSTRAINT sign_in_ends_for_a_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
    CONSTRAINT sign_in_end_reason_is_known CHECK (end_reason IN ('signed-out', 'revoked', 'dismissed', 'reused'))
) WITH (fillfactor = 80);
CREATE INDEX sign_in_of_person ON sign_in (tenant_id, person_id) WHERE ended_at IS NULL;
ALTER TABLE sign_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON sign_in
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
-- Tokens of a sign-in that ends are forgotten at once, everywhere.
CREATE TRIGGER tell_identity_changed AFTER UPDATE OF ended_at ON sign_in
    FOR EACH ROW WHEN (OLD.ended_at IS DISTINCT FROM NEW.ended_at)
    EXECUTE FUNCTION tell_identity_changed('person_id');
CREATE TRIGGER tell_identity_gone AFTER DELETE ON sign_in
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('person_id');
CREATE TRIGGER tell_identity_changed AFTER UPDATE OF active ON patient
    FOR EACH ROW WHEN (OLD.active IS DISTINCT FROM NEW.active) EXECUTE FUNCTION tell_identity_changed('id');

-- The one code that a person may have at a time for a purpose, whatever it was sent by: a newer one takes its row. The holder
-- is a keyed hash of the person, or of an identifier that is nobody's or several patients'. Guesses are counted over codes
-- that follow each other.
CREATE TABLE one_time_code (
    tenant_id      int         NOT NULL,
    holder         bytea       NOT NULL,
    purpose        text        NOT NULL,
    challenge_id   uuid        NOT NULL,
    channel        text        NOT NULL,
    code_digest    bytea       NOT NULL,
    sealed_content bytea       NOT NULL,
    sent_at        timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    guesses        smallint    NOT NULL DEFAULT 0,
    guesses_since  timestamptz NOT NULL,
    CONSTRAINT one_time_code_key PRIMARY KEY (tenant_id, holder, purpose),
    CONSTRAINT one_time_code_challenge_is_one UNIQUE (tenant_id, challenge_id),
    CONSTRAINT one_time_code_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT one_time_code_purpose_is_known CHECK (purpose IN ('sign-in')),
    CONSTRAINT one_time_code_channel_is_known CHECK (channel IN ('sms', 'whatsapp', 'email')),
    CONSTRAINT one_time_code_digests_are_sha256 CHECK (octet_length(holder) = 32 AND octet_length(code_digest) = 32),
    CONSTRAINT one_time_code_content_is_small CHECK (octet_length(sealed_content) <= 1024),
    CONSTRAINT one_time_code_guesses_are_few CHECK (guesses BETWEEN 0 AND 5)
) WITH (fillfactor = 70);
ALTER TABLE one_time_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE one_time_code FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON one_time_code
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- How many codes were asked for within an hour: for an identifier, from an address, in the whole clinic. The key is a keyed
-- hash that says of what kind it is to nobody.
CREATE TABLE code_count (
    tenant_id int         NOT NULL,
    key       bytea       NOT NULL,
    since     timestamptz NOT NULL,
    last_at   timestamptz NOT NULL,
    codes     int         NOT NULL,
    CONSTRAINT code_count_key PRIMARY KEY (tenant_id, key),
    CONSTRAINT code_count_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT code_count_key_is_sha256 CHECK (octet_length(key) = 32)
) WITH (fillfactor = 50);
ALTER TABLE code_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE code_count FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON code_count
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- A person on the platform, and the identifiers that they have proven to hold: keyed hashes. No clinic reads them, and no
-- clinic's row points at them; that two clinics know the same person is the person's own to say.
CREATE TABLE person (
    id         uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT person_key PRIMARY KEY (id)
);
CREATE TABLE person_identifier (
    digest      bytea       NOT NULL,
    person_id   uuid        NOT NULL,
    verified_at timestamptz NOT NULL,
    CONSTRAINT person_identifier_key PRIMARY KEY (digest),
    CONSTRAINT person_identifier_person_exists FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
    CONSTRAINT person_identifier_is_sha256 CHECK (octet_length(digest) = 32)
);
CREATE INDEX person_identifier_of_person ON person_identifier (person_id);

-- Who signs in by mail is found by mail.
CREATE INDEX patient_by_email ON patient (tenant_id, email) WHERE email IS NOT NULL;

GRANT SELECT, INSERT, UPDATE (generation, rotated_at, expires_at, ended_at, end_reason), DELETE ON sign_in TO nadi_app;
GRANT SELECT, INSERT, UPDATE (challenge_id, channel, code_digest, sealed_content, sent_at, expires_at, used_at, guesses,
    guesses_since), DELETE ON one_time_code TO nadi_app;
GRANT SELECT, INSERT, UPDATE (since, last_at, codes), DELETE ON code_count TO nadi_app;
GRANT SELECT, INSERT ON person TO nadi_platform;
GRANT SELECT, INSERT, UPDATE (verified_at) ON person_identifier TO nadi_platform;
