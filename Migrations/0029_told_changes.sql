-- What an administrative change replaced, and by what: told by the rows themselves to the line of the audit trail that stands
-- for it. A table says once that its changes are told (the triggers below); no statement that changes it can forget to.

-- The members of a value that can be told apart: an object's, and a list's whose elements each have a slug of their own.
CREATE FUNCTION told_members(whole jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT CASE jsonb_typeof(whole)
        WHEN 'object' THEN whole
        WHEN 'array' THEN (
            SELECT CASE WHEN count(*) > 0 AND count(DISTINCT each ->> 'slug') = count(*)
                THEN jsonb_object_agg(each ->> 'slug', each) FILTER (WHERE each ->> 'slug' IS NOT NULL) END
            FROM jsonb_array_elements(whole) each)
    END
$$;
REVOKE EXECUTE ON FUNCTION told_members(jsonb) FROM PUBLIC;

-- A value as a line tells it: whole where it is short, else how it begins and what it hashes to.
CREATE FUNCTION told_value(whole jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public AS $$
    SELECT CASE WHEN octet_length(whole::text) <= 2000 THEN whole
        ELSE to_jsonb(left(whole::text, 400) || '… SHA-256 ' || encode(sha256(convert_to(whole::text, 'UTF8')), 'hex')) END
$$;
REVOKE EXECUTE ON FUNCTION told_value(jsonb) FROM PUBLIC;

-- Everything in which the one value differs from the other, each place with what stood there and what stands there now.
CREATE FUNCTION told_changes(place text, before jsonb, after jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE
    SET search_path = pg_catalog, public AS $$
DECLARE
    old_members jsonb := told_members(before);
    new_members jsonb := told_members(after);
    told jsonb := '[]';
    member text;
BEGIN
    IF nullif(before, 'null') IS NOT DISTINCT FROM nullif(after, 'null') THEN
        RETURN told;
    END IF;
    IF old_members IS NULL OR new_members IS NULL THEN
        RETURN jsonb_build_array(jsonb_build_object(
            'field', place, 'before', told_value(before), 'after', told_value(after)));
    END IF;
    FOR member IN SELECT name FROM jsonb_object_keys(old_members || new_members) name ORDER BY name LOOP
        told := told || told_changes(place || '/' || member, old_members -> member, new_members -> member);
    END LOOP;
    RETURN told;
END $$;
REVOKE EXECUTE ON FUNCTION told_changes(text, jsonb, jsonb) FROM PUBLIC;

-- Keeps what a row's change was for the line that follows in the same transaction. The arguments: columns that say which thing
-- it is and are told with it, columns that nobody need be told of, and columns that are secrets, of which is only told that they
-- changed, as of every bytea. A table of versions names its number: a new row is compared with the one before it.
CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    some_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    clinic text := some_row ->> 'tenant_id';
    keys text[] := string_to_array(TG_ARGV[0], ' ');
    silent text[] := string_to_array(TG_ARGV[1], ' ') || keys || ARRAY['tenant_id'];
    secret text[] := string_to_array(coalesce(TG_ARGV[2], ''), ' ') || ARRAY(
        SELECT attname::text FROM pg_attribute WHERE attrelid = TG_RELID AND atttypid = 'bytea'::regtype AND attnum > 0);
    which jsonb := (SELECT jsonb_object_agg(name, some_row -> name) FROM unnest(keys) name);
    gathered jsonb := coalesce(nullif(current_setting('app.changes', true), ''), '{}')::jsonb;
    told jsonb := '[]';
    name text;
BEGIN
    IF TG_OP = 'INSERT' AND TG_ARGV[3] IS NOT NULL THEN
        EXECUTE format(
            'SELECT to_jsonb(t) FROM %I t WHERE t.tenant_id = $1 AND to_jsonb(t) @> $2 AND t.%2$I < $3 ORDER BY t.%2$I DESC LIMIT 1',
            TG_TABLE_NAME, TG_ARGV[3])
            INTO old_row USING clinic::int, which, (new_row ->> TG_ARGV[3])::int;
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
REVOKE EXECUTE ON FUNCTION tell_change() FROM PUBLIC;

-- What has been gathered since the last line: once. Nothing where nothing was.
CREATE FUNCTION taken_changes(clinic int) RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
    gathered text := current_setting('app.changes', true);
BEGIN
    IF gathered IS NULL OR gathered = '' THEN
        RETURN '{}';
    END IF;
    PERFORM set_config('app.changes', '', true);
    RETURN coalesce(jsonb_build_object('changes', gathered::jsonb -> clinic::text), '{}');
END $$;
REVOKE EXECUTE ON FUNCTION taken_changes(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION taken_changes(int), told_changes(text, jsonb, jsonb), told_members(jsonb), told_value(jsonb)
    TO nadi_app, nadi_platform, nadi_worker;

CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON staff_member
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'created_at');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON staff_role
    FOR EACH ROW EXECUTE FUNCTION tell_change('id staff_member_id', 'given_at given_by');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE ON own_role
    FOR EACH ROW EXECUTE FUNCTION tell_change('id slug', 'created_at');
CREATE TRIGGER tell_change AFTER INSERT ON own_role_version
    FOR EACH ROW EXECUTE FUNCTION tell_change('own_role_id', 'version saved_by saved_at', '', 'version');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE ON role_request
    FOR EACH ROW EXECUTE FUNCTION tell_change('id staff_member_id', 'asked_at decided_at decided_by');
CREATE TRIGGER tell_change AFTER INSERT OR DELETE ON webhook
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'created_at version failing_since');
-- What deliveries write by themselves is no change of anybody's.
CREATE TRIGGER tell_change_of_setup AFTER UPDATE OF url, kinds, description, state, sealed_secret ON webhook
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'created_at version failing_since');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON live_message_template
    FOR EACH ROW EXECUTE FUNCTION tell_change('template language channel', '');
CREATE TRIGGER tell_change AFTER INSERT ON message_template_version
    FOR EACH ROW EXECUTE FUNCTION tell_change('template language channel', 'version saved_at saved_by', '', 'version');
CREATE TRIGGER tell_change AFTER INSERT ON clinic_configuration
    FOR EACH ROW EXECUTE FUNCTION tell_change('', 'version applied_at applied_by', '', 'version');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE ON audit_hold
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'placed_at placed_by lifted_by');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON password
    FOR EACH ROW EXECUTE FUNCTION tell_change('staff_member_id', 'set_at earlier_hashes', 'hash');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OF sealed_secret, confirmed_at OR DELETE ON time_code
    FOR EACH ROW EXECUTE FUNCTION tell_change('staff_member_id', 'made_at last_step');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OF name OR DELETE ON passkey
    FOR EACH ROW EXECUTE FUNCTION tell_change('id person_id', 'person_kind credential_id model sign_count backed_up made_at used_at');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON message_gateway
    FOR EACH ROW EXECUTE FUNCTION tell_change('channel', '');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON trusted_program
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'created_at version before_until');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON trusted_issuer
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'created_at version');
-- That a key was used is no change of anybody's.
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OF name, permissions, location_ids, networks, digest, expires_at, revoked_at
    OR DELETE ON api_key
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'made_by made_at rotated_at before_until used_at used_from revoked_by');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON invitation
    FOR EACH ROW EXECUTE FUNCTION tell_change('id', 'invited_by invited_at accepted_by revoked_by link_id');
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON invitation_role
    FOR EACH ROW EXECUTE FUNCTION tell_change('invitation_id place', '');
