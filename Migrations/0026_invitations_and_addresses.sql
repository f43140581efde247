-- Who is invited to work at a clinic, and which addresses their holders have proven.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: tables and columns are new.
SELECT set_config('app.tenant_id', '0', true);

-- Somebody who is to work here. What the message carries is made of link_id under a key that the database does not know;
-- sending it again is another link_id, and the link before opens nothing.
CREATE TABLE invitation (
    tenant_id    int         NOT NULL,
    id           uuid        NOT NULL,
    link_id      uuid        NOT NULL,
    name         text        NOT NULL,
    address_kind text        NOT NULL,
    address      text        NOT NULL,
    languages    text[]      NOT NULL DEFAULT '{}',
    invited_by   uuid        NOT NULL,
    invited_at   timestamptz NOT NULL,
    times_sent   int         NOT NULL DEFAULT 1,
    expires_at   timestamptz NOT NULL,
    accepted_at  timestamptz,
    accepted_by  uuid,
    revoked_at   timestamptz,
    revoked_by   uuid,
    CONSTRAINT invitation_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT invitation_link_is_one UNIQUE (tenant_id, link_id),
    CONSTRAINT invitation_inviter_works_here FOREIGN KEY (tenant_id, invited_by) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT invitation_accepter_works_here FOREIGN KEY (tenant_id, accepted_by) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT invitation_address_kind_is_known CHECK (address_kind IN ('email', 'phone')),
    CONSTRAINT invitation_words_are_short CHECK (length(name) BETWEEN 1 AND 200 AND length(address) BETWEEN 3 AND 254),
    CONSTRAINT invitation_is_sent_counted CHECK (times_sent >= 1),
    CONSTRAINT invitation_is_accepted_by_somebody CHECK ((accepted_at IS NULL) = (accepted_by IS NULL)),
    CONSTRAINT invitation_is_revoked_or_accepted CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
-- One address is invited once at a time.
CREATE UNIQUE INDEX invitation_of_address ON invitation (tenant_id, address)
    WHERE accepted_at IS NULL AND revoked_at IS NULL;
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON invitation
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- What somebody is invited as.
CREATE TABLE invitation_role (
    tenant_id     int      NOT NULL,
    invitation_id uuid     NOT NULL,
    place         smallint NOT NULL,
    role          text     NOT NULL,
    own_role_id   uuid,
    location_id   uuid,
    valid_until   timestamptz,
    CONSTRAINT invitation_role_key PRIMARY KEY (tenant_id, invitation_id, place),
    CONSTRAINT invitation_role_invitation_exists
        FOREIGN KEY (tenant_id, invitation_id) REFERENCES invitation (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT invitation_role_own_role_exists FOREIGN KEY (tenant_id, own_role_id) REFERENCES own_role (tenant_id, id),
    CONSTRAINT invitation_role_location_exists FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
    CONSTRAINT invitation_role_own_is_named CHECK ((role = 'own') = (own_role_id IS NOT NULL)),
    CONSTRAINT invitation_role_is_a_clinics
        CHECK (role ~ '^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)?$' AND role !~ '^(platform|org)\.')
);
ALTER TABLE invitation_role ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitation_role FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON invitation_role
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

GRANT SELECT, INSERT, UPDATE (link_id, times_sent, expires_at, accepted_at, accepted_by, revoked_at, revoked_by), DELETE
    ON invitation TO nadi_app;
GRANT SELECT, INSERT ON invitation_role TO nadi_app;

-- Since when it is known that whoever has an address reads what is sent there. Another address has to be proven anew, whoever
-- writes it down.
ALTER TABLE staff_member
    ADD COLUMN email_verified_at timestamptz,
    ADD COLUMN phone_verified_at timestamptz;
ALTER TABLE patient
    ADD COLUMN email_verified_at timestamptz,
    ADD COLUMN phone_verified_at timestamptz;
GRANT UPDATE (email_verified_at, phone_verified_at) ON staff_member TO nadi_app;
GRANT INSERT (email_verified_at, phone_verified_at), UPDATE (email_verified_at, phone_verified_at) ON patient TO nadi_app;

CREATE FUNCTION forget_proof_of_address() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF NEW.email IS DISTINCT FROM OLD.email THEN
        NEW.email_verified_at := NULL;
    END IF;
    IF NEW.phone IS DISTINCT FROM OLD.phone THEN
        NEW.phone_verified_at := NULL;
    END IF;
    RETURN NEW;
END $$;
REVOKE EXECUTE ON FUNCTION forget_proof_of_address() FROM PUBLIC;
CREATE TRIGGER forget_proof_of_address BEFORE UPDATE OF email, phone ON staff_member
    FOR EACH ROW EXECUTE FUNCTION forget_proof_of_address();
CREATE TRIGGER forget_proof_of_address BEFORE UPDATE OF email, phone ON patient
    FOR EACH ROW EXECUTE FUNCTION forget_proof_of_address();

-- A code may prove an address, too: another code than the one that signs in.
ALTER TABLE one_time_code
    DROP CONSTRAINT one_time_code_purpose_is_known,
    ADD CONSTRAINT one_time_code_purpose_is_known CHECK (purpose IN ('sign-in', 'address'));
