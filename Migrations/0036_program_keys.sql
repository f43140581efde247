-- Programs that know nothing better are told who has signed in under RSA, and may lead people back to themselves who sign out.

-- One key signs at a time; earlier ones verify until their last token has expired. Sealed as the house's own keys are, and apart from
-- them: nothing that reads access tokens looks here. Keys are the platform's: no tenant.
CREATE TABLE program_signing_key (
    id                 text        NOT NULL,
    modulus            bytea       NOT NULL,
    sealed_private_key bytea       NOT NULL,
    created_at         timestamptz NOT NULL DEFAULT now(),
    retires_at         timestamptz,
    CONSTRAINT program_signing_key_key PRIMARY KEY (id),
    CONSTRAINT program_signing_key_id_is_a_thumbprint CHECK (id ~ '^[A-Za-z0-9_-]{43}$'),
    CONSTRAINT program_signing_key_has_2048_bits CHECK (octet_length(modulus) = 256),
    CONSTRAINT program_signing_key_is_sealed CHECK (octet_length(sealed_private_key) BETWEEN 1000 AND 1400),
    CONSTRAINT program_signing_key_retires_later CHECK (retires_at >= created_at)
);
-- Two processes that find no key at their first start must not both make one.
CREATE UNIQUE INDEX program_signing_key_one_signs ON program_signing_key ((true)) WHERE retires_at IS NULL;
GRANT SELECT ON program_signing_key TO nadi_app;
GRANT SELECT, INSERT, UPDATE (retires_at) ON program_signing_key TO nadi_platform;

-- What a program's ID tokens are signed by, and where people go who sign out, letter for letter.
ALTER TABLE trusted_program
    ADD COLUMN token_algorithm text NOT NULL DEFAULT 'EdDSA',
    ADD COLUMN sign_out_redirects text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT trusted_program_token_algorithm_is_known CHECK (token_algorithm ~ '^(EdDSA|RS256)$'),
    ADD CONSTRAINT trusted_program_sign_out_redirects_are_few CHECK (cardinality(sign_out_redirects) <= 20);
GRANT UPDATE (token_algorithm, sign_out_redirects) ON trusted_program TO nadi_app;
