"""As much of workos-python 10 as the example host uses: the same names, arguments, objects and errors."""

import json
import os
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from typing import Optional


class WorkOSError(Exception):
    pass


class APIError(WorkOSError):
    def __init__(self, message, status_code, code):
        super().__init__(message)
        self.status_code, self.code = status_code, code


class _Model:
    """A dataclass whose dates are datetimes, and whose `to_dict` leaves out what is None."""

    @classmethod
    def from_dict(cls, wire):
        values = {name: wire.get(name) for name in cls.__dataclass_fields__}
        for name in ("created_at", "updated_at", "expires_at"):
            if values.get(name):
                values[name] = datetime.fromisoformat(values[name].replace("Z", "+00:00"))
        return cls(**values)

    def to_dict(self):
        return {name: _plain(value) for name, value in vars(self).items() if value is not None}


def _plain(value):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond // 1000:03d}Z"
    return value.to_dict() if isinstance(value, _Model) else value


@dataclass
class AuthenticationFactor(_Model):
    object: str
    id: str
    type: str
    created_at: datetime
    updated_at: datetime
    user_id: Optional[str] = None
    sms: Optional[dict] = None
    totp: Optional[dict] = None


@dataclass
class AuthenticationChallenge(_Model):
    object: str
    id: str
    authentication_factor_id: str
    created_at: datetime
    updated_at: datetime
    expires_at: Optional[datetime] = None
    code: Optional[str] = None


@dataclass
class AuthenticationChallengeVerifyResponse(_Model):
    challenge: AuthenticationChallenge
    valid: bool


class _MultiFactorAuth:
    def __init__(self, client):
        self._request = client._request

    def enroll_factor(self, *, type, phone_number=None, totp_issuer=None, totp_user=None, user_id=None):
        body = {"type": type, "phone_number": phone_number, "totp_issuer": totp_issuer, "totp_user": totp_user}
        return AuthenticationFactor.from_dict(self._request("POST", "auth/factors/enroll", body))

    def get_factor(self, id):
        return AuthenticationFactor.from_dict(self._request("GET", f"auth/factors/{id}"))

    def delete_factor(self, id):
        self._request("DELETE", f"auth/factors/{id}")

    def challenge_factor(self, id, *, sms_template=None):
        body = {"sms_template": sms_template}
        return AuthenticationChallenge.from_dict(self._request("POST", f"auth/factors/{id}/challenge", body))

    def verify_challenge(self, id, *, code):
        wire = self._request("POST", f"auth/challenges/{id}/verify", {"code": code})
        return AuthenticationChallengeVerifyResponse(
            challenge=AuthenticationChallenge.from_dict(wire["challenge"]), valid=wire["valid"]
        )


class WorkOSClient:
    def __init__(self, *, api_key=None, base_url=None, request_timeout=None, max_retries=3):
        if max_retries != 0:
            raise AssertionError("With retries one press of a button sends several text messages.")
        self._key, self._timeout = api_key, request_timeout
        self._base_url = base_url or os.environ.get("WORKOS_BASE_URL", "https://api.workos.com")
        self.multi_factor_auth = _MultiFactorAuth(self)

    def _request(self, method, path, body=None):
        wire = json.dumps({k: v for k, v in body.items() if v is not None}).encode() if body is not None else None
        headers = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self._base_url}/{path}", wire, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                text = response.read()
        except urllib.error.HTTPError as error:
            try:
                told = json.loads(error.read())
            except ValueError:
                told = {}
            raise APIError(told.get("message", ""), error.code, told.get("code")) from None
        except OSError as error:
            raise WorkOSError(str(error)) from None
        return json.loads(text) if text else None
