-- PostgreSQL reads the text of each of a table's checks again for each statement that writes the table, plans it and throws it
-- away: measured by instructions, a sixth of what a booking costs the server. A function's text is read once for each
-- connection. So each table that a booking writes has one check left, a call, and its rules stand in the function: one
-- line each, told by the name that it had. Domains would do for columns (0037); most of these rules are about several.
--
-- None of the functions sets search_path, which would be done again for each row: they call nothing but operators, and no login
-- may create any.

CREATE FUNCTION appointment_is_sound(
    stage text, version int, reason text, cancel_reason text, starts_at timestamptz, ends_at timestamptz,
    hold_until timestamptz, cancelled_at timestamptz, rescheduled_to uuid
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    -- The usual stage is first, since the list is gone through.
    broken text := CASE
        WHEN stage NOT IN ('booked', 'requested', 'declined', 'held', 'expired', 'arrived', 'begun', 'finished', 'aborted',
            'left', 'missed', 'cancelled', 'rescheduled', 'entered-in-error') THEN 'appointment_stage_is_known'
        WHEN version <= 0 THEN 'appointment_version_counts'
        WHEN length(reason) > 500 OR length(cancel_reason) > 500 THEN 'appointment_reasons_are_short'
        WHEN ends_at <= starts_at OR ends_at > starts_at + interval '24 hours' THEN 'appointment_lasts'
        WHEN stage = 'held' AND hold_until IS NULL THEN 'appointment_hold_ends'
        WHEN (stage = 'cancelled') <> (cancelled_at IS NOT NULL) THEN 'appointment_cancelled_is_dated'
        WHEN (stage = 'rescheduled') <> (rescheduled_to IS NOT NULL) THEN 'appointment_moved_has_a_successor'
        END;
BEGIN
    IF broken IS NULL THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = 'appointment', CONSTRAINT = broken,
        MESSAGE = 'an appointment breaks ' || broken;
END $$;
REVOKE EXECUTE ON FUNCTION appointment_is_sound FROM PUBLIC;
GRANT EXECUTE ON FUNCTION appointment_is_sound TO nadi_app;

ALTER TABLE appointment
    DROP CONSTRAINT appointment_stage_is_known,
    DROP CONSTRAINT appointment_version_counts,
    DROP CONSTRAINT appointment_reasons_are_short,
    DROP CONSTRAINT appointment_lasts,
    DROP CONSTRAINT appointment_hold_ends,
    DROP CONSTRAINT appointment_cancelled_is_dated,
    DROP CONSTRAINT appointment_moved_has_a_successor,
    ADD CONSTRAINT appointment_is_sound CHECK (appointment_is_sound(
        stage, version, reason, cancel_reason, starts_at, ends_at, hold_until, cancelled_at, rescheduled_to));

CREATE FUNCTION reservation_is_sound(
    unit smallint, starts_at timestamptz, ends_at timestamptz, appointment_id uuid, hold_id uuid, hold_until timestamptz
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    broken text := CASE
        WHEN unit NOT BETWEEN 0 AND 499 THEN 'reservation_unit_counts'
        WHEN ends_at <= starts_at OR ends_at > starts_at + interval '24 hours' THEN 'reservation_lasts'
        WHEN (appointment_id IS NULL) <> (hold_id IS NOT NULL) OR (hold_id IS NULL) <> (hold_until IS NULL)
            THEN 'reservation_is_taken_by_one'
        END;
BEGIN
    IF broken IS NULL THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = 'reservation', CONSTRAINT = broken,
        MESSAGE = 'a reservation breaks ' || broken;
END $$;
REVOKE EXECUTE ON FUNCTION reservation_is_sound FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reservation_is_sound TO nadi_app;

ALTER TABLE reservation
    DROP CONSTRAINT reservation_unit_counts,
    DROP CONSTRAINT reservation_lasts,
    DROP CONSTRAINT reservation_is_taken_by_one,
    ADD CONSTRAINT reservation_is_sound CHECK (reservation_is_sound(
        unit, starts_at, ends_at, appointment_id, hold_id, hold_until));

-- Written twice by each request that brings a key.
CREATE FUNCTION idempotency_key_is_sound(key text, body_digest bytea, answer_status smallint, answer_body bytea)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    broken text := CASE
        WHEN length(key) NOT BETWEEN 1 AND 255 THEN 'idempotency_key_is_short'
        WHEN octet_length(body_digest) <> 32 THEN 'idempotency_key_digest_is_sha256'
        WHEN octet_length(answer_body) > 1048576 THEN 'idempotency_key_answer_is_small'
        WHEN (answer_status IS NULL) <> (answer_body IS NULL) THEN 'idempotency_key_answer_is_whole'
        END;
BEGIN
    IF broken IS NULL THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = 'idempotency_key', CONSTRAINT = broken,
        MESSAGE = 'a key breaks ' || broken;
END $$;
REVOKE EXECUTE ON FUNCTION idempotency_key_is_sound FROM PUBLIC;
GRANT EXECUTE ON FUNCTION idempotency_key_is_sound TO nadi_app;

ALTER TABLE idempotency_key
    DROP CONSTRAINT idempotency_key_is_short,
    DROP CONSTRAINT idempotency_key_digest_is_sha256,
    DROP CONSTRAINT idempotency_key_answer_is_small,
    DROP CONSTRAINT idempotency_key_answer_is_whole,
    ADD CONSTRAINT idempotency_key_is_sound CHECK (idempotency_key_is_sound(
        key, body_digest, answer_status, answer_body));
