-- Roles that a clinic makes for itself, who holds them and until when.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: no clinic's rows need to
-- be looked at, since tables and columns are new.
SELECT set_config('app.tenant_id', '0', true);

-- One version is live at a time; versions are only ever added, so that anybody can tell later what a role allowed then.
CREATE TABLE own_role (
    tenant_id    int         NOT NULL,
    id           uuid        NOT NULL,
    slug         text        NOT NULL,
    title        text        NOT NULL,
    live_version int         NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    retired_at   timestamptz,
    CONSTRAINT own_role_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT own_role_slug_is_free UNIQUE (tenant_id, slug),
    CONSTRAINT own_role_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT own_role_slug_is_a_label CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT own_role_title_is_short CHECK (length(title) BETWEEN 1 AND 100)
);
ALTER TABLE own_role ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_role FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON own_role
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

CREATE TABLE own_role_version (
    tenant_id   int         NOT NULL,
    own_role_id uuid        NOT NULL,
    version     int         NOT NULL,
    body        jsonb       NOT NULL,
    saved_by    uuid        NOT NULL,
    saved_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT own_role_version_key PRIMARY KEY (tenant_id, own_role_id, version),
    CONSTRAINT own_role_version_role_exists
        FOREIGN KEY (tenant_id, own_role_id) REFERENCES own_role (tenant_id, id),
    CONSTRAINT own_role_version_counts CHECK (version > 0),
    CONSTRAINT own_role_version_is_an_object CHECK (jsonb_typeof(body) = 'object' AND pg_column_size(body) <= 32768)
);
ALTER TABLE own_role_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE own_role_version FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON own_role_version
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
ALTER TABLE own_role ADD CONSTRAINT own_role_live_version_exists
    FOREIGN KEY (tenant_id, id, live_version) REFERENCES own_role_version (tenant_id, own_role_id, version)
    DEFERRABLE INITIALLY DEFERRED;

GRANT SELECT, INSERT, UPDATE (title, live_version, retired_at) ON own_role TO nadi_app;
GRANT SELECT, INSERT ON own_role_version TO nadi_app;
GRANT SELECT ON own_role, own_role_version TO nadi_auditor;

-- A role of the clinic's own is written 'own', and which one beside it: whoever does not know it sees no role of the house's.
ALTER TABLE staff_role
    ADD COLUMN own_role_id uuid,
    ADD COLUMN valid_until timestamptz,
    ADD COLUMN given_by    uuid,
    ADD CONSTRAINT staff_role_own_role_exists FOREIGN KEY (tenant_id, own_role_id) REFERENCES own_role (tenant_id, id),
    ADD CONSTRAINT staff_role_own_is_named CHECK ((role = 'own') = (own_role_id IS NOT NULL)),
    DROP CONSTRAINT staff_role_is_given_once,
    ADD CONSTRAINT staff_role_is_given_once
        UNIQUE NULLS NOT DISTINCT (tenant_id, staff_member_id, role, own_role_id, location_id);
CREATE INDEX staff_role_of_own_role ON staff_role (tenant_id, own_role_id) WHERE own_role_id IS NOT NULL;

-- Whoever holds a role of the clinic's own is another caller as soon as the role is another.
CREATE FUNCTION tell_own_role_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM pg_notify('identity_changed', staff_member_id::text) FROM staff_role
    WHERE tenant_id = NEW.tenant_id AND own_role_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tell_own_role_changed() FROM PUBLIC;
CREATE TRIGGER tell_own_role_changed AFTER UPDATE ON own_role
    FOR EACH ROW EXECUTE FUNCTION tell_own_role_changed();

-- A clinic that has an administrator keeps one: active, for the whole clinic, for good. A suspended clinic may be taken apart.
CREATE FUNCTION keep_an_administrator() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_TABLE_NAME = 'staff_member' AND NOT EXISTS (
        SELECT FROM staff_role WHERE tenant_id = OLD.tenant_id AND staff_member_id = OLD.id
            AND role = 'tenant.admin' AND location_id IS NULL AND valid_until IS NULL) THEN
        RETURN NULL;
    END IF;
    -- Two administrators who take each other's role at once would each still see the other, and so wait for one another.
    PERFORM pg_advisory_xact_lock(hashtextextended('administrators', OLD.tenant_id));
    IF NOT EXISTS (
        SELECT FROM staff_role r JOIN staff_member s ON s.tenant_id = r.tenant_id AND s.id = r.staff_member_id
        WHERE r.tenant_id = OLD.tenant_id AND r.role = 'tenant.admin' AND r.location_id IS NULL
            AND r.valid_until IS NULL AND s.active)
        AND EXISTS (SELECT FROM tenant WHERE id = OLD.tenant_id AND suspended_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'clinic_keeps_an_administrator',
            MESSAGE = 'the last administrator of a clinic stays';
    END IF;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION keep_an_administrator() FROM PUBLIC;
CREATE TRIGGER keep_an_administrator AFTER UPDATE OR DELETE ON staff_role
    FOR EACH ROW WHEN (OLD.role = 'tenant.admin' AND OLD.location_id IS NULL AND OLD.valid_until IS NULL)
    EXECUTE FUNCTION keep_an_administrator();
CREATE TRIGGER keep_an_administrator AFTER UPDATE ON staff_member
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active)
    EXECUTE FUNCTION keep_an_administrator();
