-- Whoever does not work here any more is not booked any more: until now their row said so and their diary stayed open.

CREATE FUNCTION close_the_diary() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE practitioner SET active = NEW.active WHERE tenant_id = NEW.tenant_id AND staff_member_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION close_the_diary() FROM PUBLIC;
CREATE TRIGGER close_the_diary AFTER UPDATE OF active ON staff_member
    FOR EACH ROW WHEN (OLD.active <> NEW.active) EXECUTE FUNCTION close_the_diary();

-- Row security binds the owner too: clinic by clinic.
DO $$
DECLARE
    clinic int;
BEGIN
    FOR clinic IN SELECT id FROM tenant LOOP
        PERFORM set_config('app.tenant_id', clinic::text, true);
        UPDATE practitioner p SET active = false FROM staff_member s
        WHERE p.tenant_id = clinic AND s.tenant_id = clinic AND s.id = p.staff_member_id AND NOT s.active;
    END LOOP;
END $$;
