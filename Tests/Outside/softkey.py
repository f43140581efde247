"""A passkey's authenticator and its browser, as far as a clinic sees them: Ed25519, no attestation."""

import base64
import hashlib
import json
import os

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PRESENT_AND_VERIFIED, WITH_CREDENTIAL = 0x05, 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def cbor_bytes(data: bytes) -> bytes:
    size = len(data)
    head = bytes([0x40 | size]) if size < 24 else bytes([0x58, size]) if size < 256 else b"\x59" + size.to_bytes(2)
    return head + data


def cbor_text(text: str) -> bytes:
    return bytes([0x60 | len(text)]) + text.encode()


class SoftKey:
    """One credential at one origin."""

    def __init__(self, origin: str):
        self.origin, self.id, self.key = origin, os.urandom(32), Ed25519PrivateKey.generate()

    def made(self, begun: dict) -> dict:
        """What the browser sends after `navigator.credentials.create`."""
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        cose = b"\xa4" + b"\x01\x01" + b"\x03\x27" + b"\x20\x06" + b"\x21" + cbor_bytes(public)
        data = self._data(begun, PRESENT_AND_VERIFIED | WITH_CREDENTIAL) + bytes(16) + len(self.id).to_bytes(2) + self.id + cose
        whole = (b"\xa3" + cbor_text("fmt") + cbor_text("none") + cbor_text("attStmt") + b"\xa0"
                 + cbor_text("authData") + cbor_bytes(data))
        return {"ceremony": begun["ceremony"], "name": "Soft key", "client_data": b64(self._said("webauthn.create", begun)),
                "attestation": b64(whole)}

    def used(self, begun: dict) -> dict:
        """What it sends after `navigator.credentials.get`."""
        said, data = self._said("webauthn.get", begun), self._data(begun, PRESENT_AND_VERIFIED)
        return {"ceremony": begun["ceremony"], "credential": b64(self.id), "client_data": b64(said),
                "authenticator_data": b64(data), "signature": b64(self.key.sign(data + hashlib.sha256(said).digest()))}

    def _said(self, deed: str, begun: dict) -> bytes:
        return json.dumps({"type": deed, "challenge": begun["challenge"], "origin": self.origin}).encode()

    @staticmethod
    def _data(begun: dict, flags: int) -> bytes:
        return hashlib.sha256(begun["rp_id"].encode()).digest() + bytes([flags]) + bytes(4)
