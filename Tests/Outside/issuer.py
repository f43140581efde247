"""An OpenID provider of a clinic's, written from OpenID Connect Core, that can be made to lie in any way."""

import base64
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote_plus

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

# Stands for the public internet: development opened it, and nothing else of this machine.
OUTSIDE = "127.0.0.2"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int) -> str:
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Key:
    """A key of one of the three kinds, and how it signs."""

    def __init__(self, algorithm: str, name: str | None = None, bits: int = 2048):
        self.algorithm, self.name = algorithm, name or f"{algorithm}-{time.monotonic_ns()}"
        self.private = {"RS256": lambda: rsa.generate_private_key(65537, bits), "EdDSA": ed25519.Ed25519PrivateKey.generate,
                        "ES256": lambda: ec.generate_private_key(ec.SECP256R1())}[algorithm]()

    @property
    def jwk(self) -> dict:
        public = self.private.public_key()
        common = {"kid": self.name, "use": "sig", "alg": self.algorithm}
        if self.algorithm == "RS256":
            numbers = public.public_numbers()
            return common | {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e)}
        if self.algorithm == "ES256":
            numbers = public.public_numbers()
            return common | {"kty": "EC", "crv": "P-256", "x": b64(numbers.x.to_bytes(32, "big")), "y": b64(numbers.y.to_bytes(32, "big"))}
        return common | {"kty": "OKP", "crv": "Ed25519", "x": b64(public.public_bytes_raw())}

    def sign(self, data: bytes) -> bytes:
        if self.algorithm == "RS256":
            return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        if self.algorithm == "ES256":
            r, s = decode_dss_signature(self.private.sign(data, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return self.private.sign(data)

    def token(self, head: dict, said: dict) -> str:
        signed = f"{b64(json.dumps(head).encode())}.{b64(json.dumps(said).encode())}"
        return f"{signed}.{b64(self.sign(signed.encode()))}"


class Issuer:
    """A provider on a port of its own. `lie` may change what it says before it is signed, `forge` the token afterwards."""

    def __init__(self, algorithm: str = "RS256", registered: str = "clinic-1", secret: str = "s3cret&%+ ä"):
        self.registered, self.secret, self.keys = registered, secret, [Key(algorithm)]
        self.mail, self.subject = "", "subject-1"
        self.lie: Callable[[dict, dict], None] = lambda head, said: None
        self.forge: Callable[[str], str] = lambda token: token
        self.metadata: Callable[[dict], dict] = lambda document: document
        self.answer: Callable[[dict], dict] = lambda answer: answer
        self.asked: list[dict] = []
        self.fetches = 0
        self.codes: dict[str, str] = {}
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path.endswith("openid-configuration"):
                    return self.say(issuer.metadata(issuer.document))
                issuer.fetches += 1
                self.say({"keys": [key.jwk for key in issuer.keys]})

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                issuer.asked.append(form)
                pair = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic ")).decode().split(":")
                if [unquote_plus(each) for each in pair] != [issuer.registered, issuer.secret] or form["code"] not in issuer.codes:
                    return self.say({"error": "invalid_grant"}, 400)
                self.say(issuer.answer({"access_token": "opaque", "token_type": "Bearer", "id_token": issuer.token(issuer.codes.pop(form["code"]))}))

            def say(self, document: dict, status: int = 200) -> None:
                data = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer((OUTSIDE, 0), Handler)
        self.url = f"http://{OUTSIDE}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def document(self) -> dict:
        return {"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys", "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "response_types_supported": ["code"], "subject_types_supported": ["public"]}

    def code(self, nonce: str) -> str:
        """What the person's browser carries back, once they have signed in here."""
        code = f"code-{len(self.asked)}-{time.monotonic_ns()}"
        self.codes[code] = nonce
        return code

    def token(self, nonce: str) -> str:
        now, key = int(time.time()), self.keys[-1]
        head = {"alg": key.algorithm, "kid": key.name, "typ": "JWT"}
        said = {"iss": self.url, "aud": self.registered, "sub": self.subject, "iat": now, "exp": now + 300, "nonce": nonce,
                "email": self.mail, "email_verified": True}
        self.lie(head, said)
        return self.forge(key.token(head, said))

    def honest(self) -> None:
        self.lie, self.forge = (lambda head, said: None), (lambda token: token)
        self.metadata = self.answer = lambda document: document

    def __enter__(self) -> "Issuer":
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
