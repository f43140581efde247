-- Every instance keeps snapshots of clinics; whoever changes one says so in the transaction that changes it.
-- The notice holds ids alone: any role may listen.

CREATE FUNCTION tell_tenant_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    changed jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    -- The argument names the column; 'id' of a tenant and 'tenant_id' elsewhere mean the same clinic.
    PERFORM pg_notify('tenant_changed', TG_ARGV[0] || ' ' || (changed ->> TG_ARGV[1]));
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tell_tenant_changed() FROM PUBLIC;

CREATE TRIGGER tell_tenant_changed AFTER INSERT OR UPDATE OR DELETE ON tenant
    FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed('tenant', 'id');
CREATE TRIGGER tell_tenant_changed AFTER INSERT OR UPDATE OR DELETE ON tenant_domain
    FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed('tenant', 'tenant_id');
CREATE TRIGGER tell_tenant_changed AFTER INSERT OR UPDATE OR DELETE ON clinic_configuration
    FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed('tenant', 'tenant_id');
CREATE TRIGGER tell_tenant_changed AFTER INSERT OR UPDATE OR DELETE ON location
    FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed('tenant', 'tenant_id');
CREATE TRIGGER tell_tenant_changed AFTER INSERT OR UPDATE OR DELETE ON location_hours
    FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed('tenant', 'tenant_id');
CREATE TRIGGER tell_tenant_changed AFTER INSERT OR UPDATE OR DELETE ON organisation
    FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed('organisation', 'id');
CREATE TRIGGER tell_tenant_changed AFTER INSERT OR UPDATE OR DELETE ON organisation_configuration
    FOR EACH ROW EXECUTE FUNCTION tell_tenant_changed('organisation', 'organisation_id');

-- Takes a clinic out of the database, whole. A function of the owner's, because no login may delete what this deletes;
-- only the platform may call it, and only for a clinic that has been suspended first.
CREATE FUNCTION forget_tenant(forgotten int) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM tenant WHERE id = forgotten AND suspended_at IS NOT NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'forgotten_tenant_is_suspended',
            MESSAGE = 'only a suspended clinic can be deleted';
    END IF;
    -- Row security binds the owner as well; deleting is done under the clinic's own name.
    PERFORM set_config('app.tenant_id', forgotten::text, true);
    DELETE FROM idempotency_key WHERE tenant_id = forgotten;
    DELETE FROM outbox WHERE tenant_id = forgotten;
    DELETE FROM audit_event WHERE tenant_id = forgotten;
    DELETE FROM reservation WHERE tenant_id = forgotten;
    DELETE FROM appointment WHERE tenant_id = forgotten;
    DELETE FROM patient WHERE tenant_id = forgotten;
    DELETE FROM practitioner_hours WHERE tenant_id = forgotten;
    DELETE FROM practitioner WHERE tenant_id = forgotten;
    DELETE FROM staff_role WHERE tenant_id = forgotten;
    DELETE FROM staff_member WHERE tenant_id = forgotten;
    DELETE FROM resource WHERE tenant_id = forgotten;
    DELETE FROM location_hours WHERE tenant_id = forgotten;
    DELETE FROM location WHERE tenant_id = forgotten;
    DELETE FROM clinic_configuration WHERE tenant_id = forgotten;
    DELETE FROM tenant WHERE id = forgotten;
END $$;
REVOKE EXECUTE ON FUNCTION forget_tenant(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_tenant(int) TO nadi_platform;
