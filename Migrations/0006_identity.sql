-- What proves who is calling: the keys that sign tokens, and the notice that somebody's standing has changed.

-- One key signs at a time; earlier ones verify until their last token has expired. The private half is sealed under the
-- installation's secret, so that a copy of the database alone can sign nothing. Keys are the platform's: no tenant.
CREATE TABLE signing_key (
    id             text        NOT NULL,
    public_key     bytea       NOT NULL,
    sealed_private_key bytea   NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    retires_at     timestamptz,
    CONSTRAINT signing_key_key PRIMARY KEY (id),
    CONSTRAINT signing_key_id_is_a_thumbprint CHECK (id ~ '^[A-Za-z0-9_-]{43}$'),
    CONSTRAINT signing_key_public_key_is_ed25519 CHECK (octet_length(public_key) = 32),
    CONSTRAINT signing_key_is_sealed CHECK (octet_length(sealed_private_key) = 60),
    CONSTRAINT signing_key_retires_later CHECK (retires_at >= created_at)
);
-- Two processes that find no key at their first start must not both make one.
CREATE UNIQUE INDEX signing_key_one_signs ON signing_key ((true)) WHERE retires_at IS NULL;
GRANT SELECT ON signing_key TO nadi_app;
GRANT SELECT, INSERT, UPDATE (retires_at) ON signing_key TO nadi_platform;

-- Every instance remembers verified tokens for seconds; it forgets them at once when it hears this.
CREATE FUNCTION tell_identity_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    -- The argument names the column that holds the staff member's id. Ids alone: any role may listen.
    PERFORM pg_notify('identity_changed', changed ->> TG_ARGV[0]);
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tell_identity_changed() FROM PUBLIC;

CREATE TRIGGER tell_identity_changed AFTER UPDATE OR DELETE ON staff_member
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('id');
CREATE TRIGGER tell_identity_changed AFTER INSERT OR UPDATE OR DELETE ON staff_role
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('staff_member_id');

CREATE FUNCTION tell_signing_key_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM pg_notify('signing_key_changed', '');
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tell_signing_key_changed() FROM PUBLIC;
CREATE TRIGGER tell_signing_key_changed AFTER INSERT OR UPDATE OR DELETE ON signing_key
    FOR EACH STATEMENT EXECUTE FUNCTION tell_signing_key_changed();
