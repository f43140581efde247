-- Roles that a chain has for its clinics. The first tables that belong to an organisation: whichever clinic of it is at work may
-- see them, no clinic of another chain or of none. Like a tenant's, their rows fail rather than hide when no tenant is set.

-- The owner is bound by row security too, also where PostgreSQL looks whether a new key holds: tables and columns are new.
SELECT set_config('app.tenant_id', '0', true);

CREATE TABLE role_template (
    organisation_id uuid        NOT NULL,
    id              uuid        NOT NULL,
    slug            text        NOT NULL,
    title           text        NOT NULL,
    created_at      timestamptz NOT NULL,
    retired_at      timestamptz,
    CONSTRAINT role_template_key PRIMARY KEY (organisation_id, id),
    CONSTRAINT role_template_slug_is_free UNIQUE (organisation_id, slug),
    CONSTRAINT role_template_organisation_exists FOREIGN KEY (organisation_id) REFERENCES organisation (id),
    CONSTRAINT role_template_slug_is_a_label CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT role_template_title_is_short CHECK (length(title) BETWEEN 1 AND 100)
);
ALTER TABLE role_template ENABLE ROW LEVEL SECURITY;
ALTER TABLE role_template FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_organisation ON role_template
    USING (organisation_id = (SELECT organisation_id FROM tenant WHERE id = (SELECT current_setting('app.tenant_id')::int)))
    WITH CHECK (organisation_id = (SELECT organisation_id FROM tenant WHERE id = (SELECT current_setting('app.tenant_id')::int)));

-- Versions are only ever added; the last one is live.
CREATE TABLE role_template_version (
    organisation_id  uuid        NOT NULL,
    role_template_id uuid        NOT NULL,
    version          int         NOT NULL,
    body             jsonb       NOT NULL,
    locked           text[]      NOT NULL,
    published_at     timestamptz NOT NULL,
    CONSTRAINT role_template_version_key PRIMARY KEY (organisation_id, role_template_id, version),
    CONSTRAINT role_template_version_template_exists
        FOREIGN KEY (organisation_id, role_template_id) REFERENCES role_template (organisation_id, id),
    CONSTRAINT role_template_version_counts CHECK (version > 0),
    CONSTRAINT role_template_version_is_an_object CHECK (jsonb_typeof(body) = 'object' AND pg_column_size(body) <= 32768),
    CONSTRAINT role_template_version_locks_fields CHECK (locked <@ '{bases,adds,removes,conditions,until}')
);
ALTER TABLE role_template_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE role_template_version FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_organisation ON role_template_version
    USING (organisation_id = (SELECT organisation_id FROM tenant WHERE id = (SELECT current_setting('app.tenant_id')::int)))
    WITH CHECK (organisation_id = (SELECT organisation_id FROM tenant WHERE id = (SELECT current_setting('app.tenant_id')::int)));

GRANT SELECT, INSERT, UPDATE (title, retired_at) ON role_template TO nadi_app;
GRANT SELECT, INSERT ON role_template_version TO nadi_app;
GRANT SELECT ON role_template, role_template_version TO nadi_auditor;

-- A clinic's role remembers which template it was adopted from, and in which version it was taken up. A clinic that leaves its
-- chain keeps the role and sees the template no more.
ALTER TABLE own_role
    ADD COLUMN organisation_id  uuid,
    ADD COLUMN role_template_id uuid,
    ADD COLUMN template_version int,
    ADD CONSTRAINT own_role_template_exists FOREIGN KEY (organisation_id, role_template_id, template_version)
        REFERENCES role_template_version (organisation_id, role_template_id, version),
    ADD CONSTRAINT own_role_template_is_named_whole CHECK (num_nulls(organisation_id, role_template_id, template_version) IN (0, 3));
-- Whether there is such a template the key knows; that it is the clinic's own chain's, row security: no key is bound by that.
CREATE POLICY only_of_this_organisation ON own_role AS RESTRICTIVE FOR INSERT WITH CHECK (organisation_id IS NULL OR
    organisation_id = (SELECT organisation_id FROM tenant WHERE id = (SELECT current_setting('app.tenant_id')::int)));
GRANT UPDATE (template_version) ON own_role TO nadi_app;

-- A chain's row is changed by somebody at one of its clinics: the line about it is in that clinic's trail.
CREATE OR REPLACE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    some_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    is_chains boolean := NOT some_row ? 'tenant_id';
    clinic text := coalesce(some_row ->> 'tenant_id', current_setting('app.tenant_id'));
    keys text[] := string_to_array(TG_ARGV[0], ' ');
    silent text[] := string_to_array(TG_ARGV[1], ' ') || keys || ARRAY['tenant_id', 'organisation_id'];
    secret text[] := string_to_array(coalesce(TG_ARGV[2], ''), ' ') || ARRAY(
        SELECT attname::text FROM pg_attribute WHERE attrelid = TG_RELID AND atttypid = 'bytea'::regtype AND attnum > 0);
    which jsonb := (SELECT jsonb_object_agg(name, some_row -> name) FROM unnest(keys) name);
    gathered jsonb := coalesce(nullif(current_setting('app.changes', true), ''), '{}')::jsonb;
    told jsonb := '[]';
    name text;
BEGIN
    IF TG_OP = 'INSERT' AND TG_ARGV[3] IS NOT NULL THEN
        EXECUTE format(
            'SELECT to_jsonb(t) FROM %1$I t WHERE t.%3$s AND to_jsonb(t) @> $2 AND t.%2$I < $3 ORDER BY t.%2$I DESC LIMIT 1',
            TG_TABLE_NAME, TG_ARGV[3], CASE WHEN is_chains THEN 'organisation_id = $1::uuid' ELSE 'tenant_id = $1::int' END)
            INTO old_row USING some_row ->> CASE WHEN is_chains THEN 'organisation_id' ELSE 'tenant_id' END, which,
                (new_row ->> TG_ARGV[3])::int;
        old_row := coalesce(old_row, '{}');
    END IF;
    FOR name IN SELECT key FROM jsonb_object_keys(some_row) key WHERE key <> ALL (silent) ORDER BY key LOOP
        IF name = ANY (secret) THEN
            old_row := jsonb_set(old_row, ARRAY[name], CASE WHEN old_row ->> name IS NULL THEN 'null'
                WHEN old_row -> name = new_row -> name THEN '"kept"' ELSE '"a secret"' END::jsonb);
            new_row := jsonb_set(new_row, ARRAY[name], CASE WHEN new_row ->> name IS NULL THEN 'null'
                WHEN old_row ->> name = 'kept' THEN '"kept"' ELSE '"changed"' END::jsonb);
        END IF;
        told := told || told_changes(TG_TABLE_NAME || '.' || name, old_row -> name, new_row -> name);
    END LOOP;
    IF told <> '[]' THEN
        SELECT jsonb_agg(coalesce(which, '{}') || each) INTO told FROM jsonb_array_elements(told) each;
        -- Nobody's change is so large that a line must be: what is beyond is counted.
        told := coalesce(gathered -> clinic, '[]') || told;
        IF jsonb_array_length(told) > 200 THEN
            told := (SELECT jsonb_agg(each) FROM (SELECT each FROM jsonb_array_elements(told) each LIMIT 199) first)
                || jsonb_build_object('field', 'more', 'before', NULL, 'after', jsonb_array_length(told) - 199);
        END IF;
        PERFORM set_config('app.changes', jsonb_set(gathered, ARRAY[clinic], told)::text, true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE ON role_template
    FOR EACH ROW EXECUTE FUNCTION tell_change('id slug', 'created_at');
CREATE TRIGGER tell_change AFTER INSERT ON role_template_version
    FOR EACH ROW EXECUTE FUNCTION tell_change('role_template_id', 'version published_at', '', 'version');
