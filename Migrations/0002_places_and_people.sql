-- A clinic's places, the people who work there and the people they treat.
-- Every tenant table: tenant_id first in each key, row security enabled and forced, one policy, and that policy fails
-- (rather than shows nothing) when no tenant is set: the cast of '' to int is an error.

CREATE TABLE clinic_configuration (
    tenant_id  int         NOT NULL,
    version    int         NOT NULL,
    body       jsonb       NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    applied_by text        NOT NULL,
    CONSTRAINT clinic_configuration_key PRIMARY KEY (tenant_id, version),
    CONSTRAINT clinic_configuration_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT clinic_configuration_version_counts CHECK (version > 0),
    CONSTRAINT clinic_configuration_is_an_object CHECK (jsonb_typeof(body) = 'object')
);
ALTER TABLE clinic_configuration ENABLE ROW LEVEL SECURITY;
ALTER TABLE clinic_configuration FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON clinic_configuration
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

CREATE TABLE location (
    tenant_id  int         NOT NULL,
    id         uuid        NOT NULL,
    slug       text        NOT NULL,
    name       text        NOT NULL,
    zone       text        NOT NULL,
    address    jsonb       NOT NULL DEFAULT '{}',
    phone      text,
    active     boolean     NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT location_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT location_slug_is_free UNIQUE (tenant_id, slug),
    CONSTRAINT location_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT location_slug_is_a_label CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT location_name_is_short CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT location_zone_is_a_name CHECK (zone ~ '^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$')
);
ALTER TABLE location ENABLE ROW LEVEL SECURITY;
ALTER TABLE location FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON location
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Weekdays are ISO (1 is Monday); minutes count from local midnight, so 1440 is the day's end.
CREATE TABLE location_hours (
    tenant_id   int      NOT NULL,
    location_id uuid     NOT NULL,
    weekday     smallint NOT NULL,
    from_minute smallint NOT NULL,
    to_minute   smallint NOT NULL,
    CONSTRAINT location_hours_key PRIMARY KEY (tenant_id, location_id, weekday, from_minute),
    CONSTRAINT location_hours_location_exists
        FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT location_hours_weekday_is_iso CHECK (weekday BETWEEN 1 AND 7),
    CONSTRAINT location_hours_are_within_a_day CHECK (0 <= from_minute AND from_minute < to_minute AND to_minute <= 1440),
    CONSTRAINT location_hours_do_not_overlap EXCLUDE USING gist (
        tenant_id WITH =, location_id WITH =, weekday WITH =, int4range(from_minute, to_minute) WITH &&)
);
ALTER TABLE location_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE location_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON location_hours
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Anything an appointment can take: one id space, so that one reservation table can lock people, rooms and things alike.
-- A practitioner's and a patient's id is the id of their resource.
CREATE TABLE resource (
    tenant_id   int      NOT NULL,
    id          uuid     NOT NULL,
    kind        text     NOT NULL,
    location_id uuid,
    tag         text,
    label       text,
    capacity    smallint NOT NULL DEFAULT 1,
    active      boolean  NOT NULL DEFAULT true,
    CONSTRAINT resource_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT resource_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT resource_location_exists FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
    CONSTRAINT resource_kind_is_known CHECK (kind IN ('practitioner', 'patient', 'room', 'equipment', 'seat')),
    CONSTRAINT resource_things_are_somewhere CHECK ((kind IN ('practitioner', 'patient')) = (location_id IS NULL)),
    CONSTRAINT resource_things_are_labelled CHECK (location_id IS NULL OR (tag IS NOT NULL AND label IS NOT NULL)),
    CONSTRAINT resource_capacity_is_sane CHECK (capacity BETWEEN 1 AND 500)
);
CREATE UNIQUE INDEX resource_label_is_free ON resource (tenant_id, location_id, kind, tag, label)
    WHERE location_id IS NOT NULL;
ALTER TABLE resource ENABLE ROW LEVEL SECURITY;
ALTER TABLE resource FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON resource
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

CREATE TABLE staff_member (
    tenant_id  int         NOT NULL,
    id         uuid        NOT NULL,
    name       text        NOT NULL,
    email      text,
    phone      text,
    active     boolean     NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT staff_member_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT staff_member_tenant_exists FOREIGN KEY (tenant_id) REFERENCES tenant (id),
    CONSTRAINT staff_member_email_is_free UNIQUE (tenant_id, email),
    CONSTRAINT staff_member_phone_is_free UNIQUE (tenant_id, phone),
    CONSTRAINT staff_member_can_be_reached CHECK (email IS NOT NULL OR phone IS NOT NULL),
    CONSTRAINT staff_member_email_is_lower_case CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    CONSTRAINT staff_member_phone_is_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    CONSTRAINT staff_member_name_is_short CHECK (length(name) BETWEEN 1 AND 200)
);
ALTER TABLE staff_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_member FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON staff_member
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- A role without a location holds in the whole clinic. Roles of the platform are never a clinic's to give.
CREATE TABLE staff_role (
    tenant_id       int         NOT NULL,
    id              uuid        NOT NULL,
    staff_member_id uuid        NOT NULL,
    role            text        NOT NULL,
    location_id     uuid,
    given_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT staff_role_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT staff_role_is_given_once UNIQUE NULLS NOT DISTINCT (tenant_id, staff_member_id, role, location_id),
    CONSTRAINT staff_role_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id),
    CONSTRAINT staff_role_location_exists FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
    CONSTRAINT staff_role_is_a_clinics CHECK (role ~ '^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)?$' AND role !~ '^platform\.')
);
ALTER TABLE staff_role ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_role FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON staff_role
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

CREATE TABLE practitioner (
    tenant_id       int     NOT NULL,
    id              uuid    NOT NULL,
    staff_member_id uuid    NOT NULL,
    specialty       text,
    active          boolean NOT NULL DEFAULT true,
    CONSTRAINT practitioner_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT practitioner_is_one_staff_member UNIQUE (tenant_id, staff_member_id),
    CONSTRAINT practitioner_resource_exists FOREIGN KEY (tenant_id, id) REFERENCES resource (tenant_id, id),
    CONSTRAINT practitioner_staff_member_exists
        FOREIGN KEY (tenant_id, staff_member_id) REFERENCES staff_member (tenant_id, id)
);
ALTER TABLE practitioner ENABLE ROW LEVEL SECURITY;
ALTER TABLE practitioner FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON practitioner
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- Nobody works at two places at once: the constraint knows, so no form has to. Its condition holds for every row and
-- keeps the planner from reading through it (see reservation).
CREATE TABLE practitioner_hours (
    tenant_id       int      NOT NULL,
    practitioner_id uuid     NOT NULL,
    location_id     uuid     NOT NULL,
    weekday         smallint NOT NULL,
    from_minute     smallint NOT NULL,
    to_minute       smallint NOT NULL,
    effective_from  date     NOT NULL DEFAULT '2000-01-01',
    effective_until date,
    CONSTRAINT practitioner_hours_key PRIMARY KEY (tenant_id, practitioner_id, weekday, from_minute, effective_from),
    CONSTRAINT practitioner_hours_practitioner_exists
        FOREIGN KEY (tenant_id, practitioner_id) REFERENCES practitioner (tenant_id, id),
    CONSTRAINT practitioner_hours_location_exists
        FOREIGN KEY (tenant_id, location_id) REFERENCES location (tenant_id, id),
    CONSTRAINT practitioner_hours_weekday_is_iso CHECK (weekday BETWEEN 1 AND 7),
    CONSTRAINT practitioner_hours_are_within_a_day
        CHECK (0 <= from_minute AND from_minute < to_minute AND to_minute <= 1440),
    CONSTRAINT practitioner_hours_end_after_they_begin CHECK (effective_until > effective_from),
    CONSTRAINT practitioner_is_in_one_place EXCLUDE USING gist (
        tenant_id WITH =, practitioner_id WITH =, weekday WITH =, int4range(from_minute, to_minute) WITH &&,
        daterange(effective_from, effective_until) WITH &&) WHERE (weekday >= 1)
);
ALTER TABLE practitioner_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE practitioner_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON practitioner_hours
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- search_name serves prefix search: LIKE is not leakproof and cannot use an index under row security, >= and < can.
CREATE TABLE patient (
    tenant_id   int         NOT NULL,
    id          uuid        NOT NULL,
    name        text        NOT NULL,
    search_name text        NOT NULL COLLATE "C" GENERATED ALWAYS AS (lower(name)) STORED,
    birth_date  date        NOT NULL,
    phone       text,
    email       text,
    language    text        NOT NULL DEFAULT 'en',
    active      boolean     NOT NULL DEFAULT true,
    version     int         NOT NULL DEFAULT 1,
    created_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT patient_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT patient_resource_exists FOREIGN KEY (tenant_id, id) REFERENCES resource (tenant_id, id),
    CONSTRAINT patient_name_is_short CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT patient_birth_date_is_plausible CHECK (birth_date > '1890-01-01'),
    CONSTRAINT patient_phone_is_e164 CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    CONSTRAINT patient_email_is_lower_case CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    CONSTRAINT patient_language_is_a_tag CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$')
) WITH (fillfactor = 90);
CREATE INDEX patient_by_name ON patient (tenant_id, search_name, id);
CREATE INDEX patient_by_phone ON patient (tenant_id, phone) WHERE phone IS NOT NULL;
ALTER TABLE patient ENABLE ROW LEVEL SECURITY;
ALTER TABLE patient FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON patient
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

GRANT SELECT, INSERT ON clinic_configuration TO nadi_app, nadi_platform;
GRANT SELECT, INSERT, UPDATE (slug, name, zone, address, phone, active) ON location TO nadi_app, nadi_platform;
GRANT SELECT, INSERT, UPDATE (to_minute), DELETE ON location_hours TO nadi_app, nadi_platform;
GRANT SELECT, INSERT, UPDATE (tag, label, capacity, active) ON resource TO nadi_app, nadi_platform;
GRANT SELECT, INSERT, UPDATE (name, email, phone, active) ON staff_member TO nadi_app;
GRANT SELECT, INSERT, DELETE ON staff_role TO nadi_app;
GRANT SELECT, INSERT, UPDATE (specialty, active) ON practitioner TO nadi_app;
GRANT SELECT, INSERT, UPDATE (to_minute, effective_until), DELETE ON practitioner_hours TO nadi_app;
GRANT SELECT, INSERT, UPDATE (name, birth_date, phone, email, language, active, version) ON patient TO nadi_app;
