"""Signs a notice so that its receiver can tell it is ours, whole, and of now.

The signature is HMAC-SHA256 over the timestamp, a full stop and the body as sent; a copy sent later shows its age.
"""

import hashlib
import hmac

TIMESTAMP = "Baton-Timestamp"
SIGNATURE = "Baton-Signature"
KEY = "Idempotency-Key"


def signed(body: bytes, secret: str, timestamp: int) -> dict[str, str]:
    """The headers that go with this body."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {TIMESTAMP: str(timestamp), SIGNATURE: f"sha256={digest}"}
