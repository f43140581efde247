-- The platform's own people who help clinics, and when a clinic has let one of them in.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: no clinic's rows need to be
-- looked at, since the tables are new and the checks let through what was let through before.
SELECT set_config('app.tenant_id', '0', true);

-- People of the platform: no clinic's, and at no clinic anybody until it says so. Whoever left and comes back is somebody new.
CREATE TABLE support_agent (
    id         uuid        NOT NULL,
    name       text        NOT NULL,
    email      text        NOT NULL,
    added_at   timestamptz NOT NULL,
    removed_at timestamptz,
    CONSTRAINT support_agent_key PRIMARY KEY (id),
    CONSTRAINT support_agent_name_is_short CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT support_agent_email_is_lower_case CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    CONSTRAINT support_agent_is_removed_later CHECK (removed_at >= added_at)
);
CREATE UNIQUE INDEX support_agent_email_is_free ON support_agent (email) WHERE removed_at IS NULL;
GRANT SELECT ON support_agent TO nadi_app, nadi_auditor;
GRANT SELECT, INSERT, UPDATE (removed_at) ON support_agent TO nadi_platform;

-- That one of them may come in, by whose word, to look at what, and until when. It is whom the sign-ins that it allows are of:
-- so none of them can outlive it, or belong to another one.
CREATE TABLE support_grant (
    tenant_id  int         NOT NULL,
    id         uuid        NOT NULL,
    agent_id   uuid        NOT NULL,
    given_by   uuid        NOT NULL,
    areas      text[]      NOT NULL,
    may_write  boolean     NOT NULL,
    reason     text        NOT NULL,
    began_at   timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    entered_at timestamptz,
    ended_at   timestamptz,
    ended_by   uuid,
    CONSTRAINT support_grant_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT support_grant_agent_exists FOREIGN KEY (agent_id) REFERENCES support_agent (id),
    CONSTRAINT support_grant_giver_works_here FOREIGN KEY (tenant_id, given_by) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT support_grant_ender_works_here FOREIGN KEY (tenant_id, ended_by) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT support_grant_is_of_something CHECK (cardinality(areas) BETWEEN 1 AND 5
        AND areas <@ ARRAY['configuration', 'schedule', 'appointments', 'queue', 'audit']),
    CONSTRAINT support_grant_says_why CHECK (length(reason) BETWEEN 15 AND 500),
    CONSTRAINT support_grant_is_short CHECK (ends_at > began_at AND ends_at <= began_at + interval '120 minutes'),
    CONSTRAINT support_grant_is_ended_in_its_time CHECK (ended_at >= began_at AND ended_at <= ends_at),
    CONSTRAINT support_grant_is_ended_by_nobody_while_open CHECK (ended_at IS NOT NULL OR ended_by IS NULL)
);
-- Whom a code is sent to; asked at every sign-in by mail.
CREATE INDEX support_grant_open ON support_grant (tenant_id, agent_id) WHERE ended_at IS NULL;
ALTER TABLE support_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE support_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON support_grant
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));
-- Whoever takes somebody out of the platform's people has to find where they are in.
CREATE POLICY platform_support_grant ON support_grant TO nadi_platform USING (true) WITH CHECK (false);
GRANT SELECT, INSERT, UPDATE (entered_at, ended_at, ended_by) ON support_grant TO nadi_app;
GRANT SELECT ON support_grant TO nadi_auditor;
GRANT SELECT (tenant_id, id, agent_id, ends_at, ended_at) ON support_grant TO nadi_platform;

-- Whoever is in by it is nobody as soon as it is over.
CREATE TRIGGER tell_identity_changed AFTER UPDATE OF ended_at ON support_grant
    FOR EACH ROW EXECUTE FUNCTION tell_identity_changed('id');
CREATE TRIGGER tell_change AFTER INSERT ON support_grant
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'given_by began_at entered_at ended_by');
-- That its time is over is no change of anybody's.
CREATE TRIGGER tell_change_of_end AFTER UPDATE OF ended_at ON support_grant
    FOR EACH ROW WHEN (NEW.ended_by IS NOT NULL)
    EXECUTE FUNCTION tell_change('id', 'given_by began_at entered_at ended_by');

-- Somebody of the platform who is removed is nobody anywhere, at once: no id says where they are in, so everybody is read anew.
CREATE FUNCTION tell_everybody_changed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    PERFORM pg_notify('identity_changed', '');
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION tell_everybody_changed() FROM PUBLIC;
CREATE TRIGGER tell_everybody_changed AFTER UPDATE OF removed_at ON support_agent
    FOR EACH STATEMENT EXECUTE FUNCTION tell_everybody_changed();

-- They sign in as everybody does, and the trail tells what they did as what they are.
ALTER TABLE sign_in
    DROP CONSTRAINT sign_in_person_kind_is_known,
    ADD CONSTRAINT sign_in_person_kind_is_known CHECK (person_kind ~ '^(staff|patient|support)$');
ALTER TABLE audit_event
    DROP CONSTRAINT audit_event_caller_kind_is_known,
    ADD CONSTRAINT audit_event_caller_kind_is_known
        CHECK (caller_kind ~ '^(staff|patient|support|integration|system|nobody)$');
