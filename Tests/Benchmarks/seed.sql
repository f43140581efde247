-- Clinics :first to :last, made inside the database: 10 practitioners each, :patients patients, and for every practitioner
-- :live appointments in the four weeks from 2027-01-04 and :past finished ones before. All of it follows from numbers,
-- so that the load knows the ids. Run it as a superuser, whom row security does not bind.
\set ON_ERROR_STOP on
BEGIN;
-- What is inserted refers only to what is inserted here; the exclusion constraint stays on guard.
SET LOCAL session_replication_role = replica;
SET LOCAL timezone = 'UTC';

-- The nth thing of a kind, as a UUIDv7 in the order of its number.
CREATE OR REPLACE FUNCTION pg_temp.nth(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(kind::bigint << 40 | n), 12, '0') || '70008000000000000000')::uuid
$$;
CREATE TEMP TABLE clinic ON COMMIT DROP AS
SELECT t, t AS tenant_id, (ARRAY['America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'America/Sao_Paulo'])[1 + t % 4] AS zone
FROM generate_series(:first, :last) t;

INSERT INTO tenant (id, public_id, slug, name) OVERRIDING SYSTEM VALUE
SELECT tenant_id, pg_temp.nth(1, t), 'bench' || t, 'Clinic ' || t FROM clinic;
INSERT INTO clinic_configuration (tenant_id, version, body, applied_by)
SELECT tenant_id, 1, replace(:'configuration', 'ZONE', zone)::jsonb, 'bench' FROM clinic;
INSERT INTO location (tenant_id, id, slug, name, zone)
SELECT tenant_id, pg_temp.nth(2, t), 'main', 'Main', zone FROM clinic;
INSERT INTO resource (tenant_id, id, kind, location_id, tag, label)
SELECT tenant_id, pg_temp.nth(3, (t - 1) * 10 + p), 'room', pg_temp.nth(2, t), 'consulting', 'Room ' || p
FROM clinic, generate_series(1, 10) p;

INSERT INTO staff_member (tenant_id, id, name, email)
SELECT tenant_id, pg_temp.nth(4, (t - 1) * 11 + s), 'Staff ' || s, 's' || s || '@bench' || t || '.test'
FROM clinic, generate_series(1, 11) s;
-- The eleventh is the receptionist, who carries the load.
INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
SELECT tenant_id, pg_temp.nth(5, (t - 1) * 11 + s), pg_temp.nth(4, (t - 1) * 11 + s),
       CASE s WHEN 11 THEN 'receptionist' ELSE 'doctor' END
FROM clinic, generate_series(1, 11) s;
INSERT INTO resource (tenant_id, id, kind)
SELECT tenant_id, pg_temp.nth(6, (t - 1) * 10 + p), 'practitioner' FROM clinic, generate_series(1, 10) p;
INSERT INTO practitioner (tenant_id, id, staff_member_id)
SELECT tenant_id, pg_temp.nth(6, (t - 1) * 10 + p), pg_temp.nth(4, (t - 1) * 11 + p)
FROM clinic, generate_series(1, 10) p;
INSERT INTO practitioner_hours (tenant_id, practitioner_id, location_id, weekday, from_minute, to_minute)
SELECT tenant_id, pg_temp.nth(6, (t - 1) * 10 + p), pg_temp.nth(2, t), day, from_minute, to_minute
FROM clinic, generate_series(1, 10) p, generate_series(1, 5) day,
     (VALUES (540, 780), (780, 1020)) shift (from_minute, to_minute);

INSERT INTO resource (tenant_id, id, kind)
SELECT tenant_id, pg_temp.nth(7, (t - 1) * :patients + n), 'patient' FROM clinic, generate_series(1, :patients) n;
INSERT INTO patient (tenant_id, id, name, birth_date, phone)
SELECT tenant_id, pg_temp.nth(7, (t - 1) * :patients + n), 'Patient ' || n, date '1950-01-01' + (n % 25000),
       '+1555' || lpad(n::text, 7, '0')
FROM clinic, generate_series(1, :patients) n;

-- Of the 320 slots of the four weeks, :live are taken; earlier weeks hold what is over and takes nothing any more.
CREATE TEMP TABLE visit ON COMMIT DROP AS
SELECT tenant_id, t, p, zone, (((t - 1) * 10 + p)::bigint * (:live + :past) + k) AS number, k < :live AS is_live,
       (t - 1) * :patients + 1 + (p * :live + k) % :patients AS patient,
       date '2027-01-04' + 7 * (slot / 16 / 5) + slot / 16 % 5 - CASE WHEN k < :live THEN 0 ELSE 364 END
         + make_interval(mins => 540 + slot % 16 * 30) AS local_start
FROM clinic, generate_series(1, 10) p, generate_series(0, :live + :past - 1) k,
LATERAL (SELECT CASE WHEN k < :live THEN k * (320 / (:live + 1)) + p % 6 ELSE (k - :live) * 3 END AS slot) s;
INSERT INTO appointment (tenant_id, id, patient_id, practitioner_id, location_id, plugin, plugin_version, visit_type,
  starts_at, ends_at, local_start, zone, stage, created_by)
SELECT tenant_id, pg_temp.nth(8, number), pg_temp.nth(7, patient), pg_temp.nth(6, (t - 1) * 10 + p), pg_temp.nth(2, t),
       'general-practice', 1, 'health-check', local_start AT TIME ZONE zone,
       local_start AT TIME ZONE zone + interval '30 minutes', local_start, zone,
       CASE WHEN is_live THEN 'booked' ELSE 'finished' END, pg_temp.nth(4, t * 11)
FROM visit ORDER BY tenant_id, local_start;
INSERT INTO reservation (tenant_id, resource_id, starts_at, ends_at, appointment_id)
SELECT tenant_id, resource, local_start AT TIME ZONE zone, local_start AT TIME ZONE zone + interval '30 minutes',
       pg_temp.nth(8, number)
FROM visit,
LATERAL (VALUES (pg_temp.nth(6, (t - 1) * 10 + p)), (pg_temp.nth(7, patient)), (pg_temp.nth(3, (t - 1) * 10 + p))) r (resource)
WHERE is_live;
COMMIT;
VACUUM ANALYZE;
