-- Patients are told, some days later, that their record was opened in an emergency; and whoever answers for a program's key can
-- be another one than who made it.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: the table is new.
SELECT set_config('app.tenant_id', '0', true);

-- Each of those who were told of an emergency, once: the patient, or in a child's place those who answer for it.
CREATE TABLE emergency_notice (
    tenant_id    int         NOT NULL,
    id           uuid        NOT NULL,
    emergency_id uuid        NOT NULL,
    recipient_id uuid        NOT NULL,
    told_at      timestamptz NOT NULL,
    CONSTRAINT emergency_notice_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT emergency_notice_is_told_once UNIQUE (tenant_id, emergency_id, recipient_id),
    CONSTRAINT emergency_notice_emergency_exists
        FOREIGN KEY (tenant_id, emergency_id) REFERENCES emergency_access (tenant_id, id),
    CONSTRAINT emergency_notice_recipient_exists FOREIGN KEY (tenant_id, recipient_id) REFERENCES patient (tenant_id, id)
);
ALTER TABLE emergency_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency_notice FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON emergency_notice
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
GRANT SELECT, INSERT ON emergency_notice TO nadi_app;
GRANT SELECT ON emergency_notice TO nadi_auditor;

-- What happened to somebody's record is a kind of message of its own, of which they may want none.
ALTER TABLE message
    DROP CONSTRAINT message_category_is_known,
    ADD CONSTRAINT message_category_is_known CHECK (category ~ '^(code|appointment|reminder|record|marketing)$');
-- A guardian who says what their ward wants to get is named as one.
ALTER TABLE message_consent
    DROP CONSTRAINT message_consent_category_is_known,
    ADD CONSTRAINT message_consent_category_is_known CHECK (category ~ '^(appointment|reminder|record|marketing)$'),
    DROP CONSTRAINT message_consent_is_somebodys_word,
    ADD CONSTRAINT message_consent_is_somebodys_word CHECK (said_by_kind ~ '^(staff|patient|guardian|link|system)$');

-- A key does nothing that whoever answers for it may not do: its maker, until somebody adopts it.
ALTER TABLE api_key
    ADD COLUMN adopted_by uuid,
    ADD COLUMN adopted_at timestamptz,
    ADD CONSTRAINT api_key_adopter_works_here FOREIGN KEY (tenant_id, adopted_by) REFERENCES staff_member (tenant_id, id),
    ADD CONSTRAINT api_key_is_adopted_by_somebody CHECK ((adopted_by IS NULL) = (adopted_at IS NULL));
GRANT UPDATE (adopted_by, adopted_at) ON api_key TO nadi_app;
DROP TRIGGER tell_identity_changed ON api_key;
CREATE TRIGGER tell_identity_changed
    AFTER UPDATE OF digest, digest_before, before_until, expires_at, revoked_at, adopted_by ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('id');
-- Who answers for a key is told as what it may do is.
DROP TRIGGER tell_change ON api_key;
CREATE TRIGGER tell_change AFTER INSERT
    OR UPDATE OF name, permissions, location_ids, networks, digest, expires_at, revoked_at, adopted_by OR DELETE ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_change(
        'id', 'made_by made_at adopted_at rotated_at before_until used_at used_from revoked_by');
