-- A hold is a row of its own (0032): no appointment is held, and none ends by itself. The stage `held` and the column that said
-- until when have never been written. The rows that are there are asked once more.

ALTER TABLE appointment DROP CONSTRAINT appointment_is_sound;
DROP FUNCTION appointment_is_sound;
ALTER TABLE appointment DROP COLUMN hold_until;

CREATE FUNCTION appointment_is_sound(
    stage text, version int, reason text, cancel_reason text, starts_at timestamptz, ends_at timestamptz,
    cancelled_at timestamptz, rescheduled_to uuid
) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    -- The usual stage is first, since the list is gone through.
    broken text := CASE
        WHEN stage NOT IN ('booked', 'requested', 'declined', 'expired', 'arrived', 'begun', 'finished', 'aborted', 'left',
            'missed', 'cancelled', 'rescheduled', 'entered-in-error') THEN 'appointment_stage_is_known'
        WHEN version <= 0 THEN 'appointment_version_counts'
        WHEN length(reason) > 500 OR length(cancel_reason) > 500 THEN 'appointment_reasons_are_short'
        WHEN ends_at <= starts_at OR ends_at > starts_at + interval '24 hours' THEN 'appointment_lasts'
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
    ADD CONSTRAINT appointment_is_sound CHECK (appointment_is_sound(
        stage, version, reason, cancel_reason, starts_at, ends_at, cancelled_at, rescheduled_to));
