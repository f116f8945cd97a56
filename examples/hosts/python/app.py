"""mfa-kit's contract on the WorkOS SDK for Python (`pip install "workos>=10,<11"`), as a plain WSGI application.

Serve it below /api/mfa with any WSGI server, or mount it in Flask (DispatcherMiddleware) or FastAPI (a2wsgi).
"""

import json
import os
import re
import sqlite3

from workos import WorkOSClient

# Yours: complete(environ) -> the new session's Set-Cookie; user_of(environ) -> {"id", "email", "complete"} or None, where
# "complete" tells whether this session came from there: somebody has shown a code in it.
import session

BASE_PATH = "/api/mfa"
ORIGINS = {"https://app.example"}  # your own, written out
ISSUER = "Example App"
SMS_TEMPLATE = "Your Example App code is {{code}}.\n\n@app.example #{{code}}"
MAX_BODY = 16 * 1024

# Without max_retries=0 the SDK repeats a POST up to three times after a time-out or a 5xx: up to four text messages.
workos = WorkOSClient(api_key=os.environ["WORKOS_API_KEY"], request_timeout=10, max_retries=0)

# Whose factors they are: WorkOS does not know. Any database will do.
DATABASE = os.environ.get("DATABASE", "mfa.sqlite3")
SCHEMA = """
CREATE TABLE IF NOT EXISTS mfa_factor (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, verified INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS mfa_challenge (id TEXT PRIMARY KEY, factor_id TEXT NOT NULL, user_id TEXT NOT NULL);
"""

# What WorkOS may say that the person should hear. Anything else is our own trouble: 502, without its words.
PASSED_ON = {
    "authentication_challenge_expired",
    "authentication_challenge_previously_verified",
    "invalid_one_time_code",
    "invalid_phone_number",
    "one_time_code_expired",
    "one_time_code_previously_used",
    "one_time_code_too_many_attempts",
}


class Refusal(Exception):
    def __init__(self, status, code, retry_after=None):
        super().__init__(code)
        self.status, self.code, self.retry_after = status, code, retry_after


def application(environ, start_response):
    extra = []  # headers of this answer alone
    try:
        status, body = respond(environ, extra)
    except Refusal as refusal:
        status, body = refusal.status, {"code": refusal.code, "message": "The request was refused."}
        if refusal.retry_after is not None:
            body["retry_after"] = refusal.retry_after
            extra.append(("Retry-After", str(refusal.retry_after)))
    except Exception:
        environ["wsgi.errors"].write("mfa: failed\n")  # log the type and the place; a message may hold a phone number
        status, body = 500, {"code": "server_error", "message": "Something went wrong."}
    headers = [
        ("Cache-Control", "no-store"),
        ("Vary", "Cookie, Origin"),
        ("X-Content-Type-Options", "nosniff"),
        *extra,
    ]
    if body is None:
        start_response(f"{status} ", headers)
        return [b""]
    payload = json.dumps(body).encode()
    start_response(f"{status} ", [*headers, ("Content-Type", "application/json"), ("Content-Length", str(len(payload)))])
    return [payload]


def respond(environ, extra):
    user = session.user_of(environ)
    if user is None:
        raise Refusal(401, "unauthenticated")
    method = environ["REQUEST_METHOD"]
    if method != "GET":
        require_own_page(environ)
    with sqlite3.connect(DATABASE) as database:
        database.executescript(SCHEMA)
        # A mounted application gets the mount path apart, in SCRIPT_NAME.
        path = (environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")).removeprefix(BASE_PATH)
        for wanted, pattern, handler in ROUTES:
            match = re.fullmatch(pattern, path, re.ASCII)
            if match and method == wanted:
                return handler(database, user, environ, extra, **match.groupdict())
    raise Refusal(404, "entity_not_found")


def require_own_page(environ):
    """Refuses what another site made the browser send."""
    site, origin = environ.get("HTTP_SEC_FETCH_SITE"), environ.get("HTTP_ORIGIN")
    is_own = (site or origin) and site in (None, "same-origin") and (origin is None or origin in ORIGINS)
    if not is_own or environ.get("HTTP_X_REQUESTED_WITH") != "mfa-kit":
        raise Refusal(403, "forbidden")


def body_of(environ):
    if environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower() != "application/json":
        raise Refusal(415, "invalid_request")
    text = environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), MAX_BODY + 1))
    if len(text) > MAX_BODY:
        raise Refusal(413, "invalid_request")
    try:
        body = json.loads(text)
    except ValueError:
        raise Refusal(400, "invalid_request") from None
    if not isinstance(body, dict):
        raise Refusal(400, "invalid_request")
    return body


def list_factors(database, user, environ, extra):
    rows = database.execute("SELECT id, verified FROM mfa_factor WHERE user_id = ? ORDER BY rowid", (user["id"],))
    found = [(call(workos.multi_factor_auth.get_factor, id, missing=None), verified) for id, verified in rows.fetchall()]
    return 200, {"data": [factor_wire(factor, verified) for factor, verified in found if factor]}


def enroll_factor(database, user, environ, extra):
    body = body_of(environ)
    require_second_factor(database, user)
    if body.get("type") == "totp":
        asked = {"type": "totp", "totp_issuer": ISSUER, "totp_user": user["email"]}
    elif body.get("type") == "sms" and re.fullmatch(r"\+[1-9][0-9]{6,14}", str(body.get("phone_number"))):
        asked = {"type": "sms", "phone_number": body["phone_number"]}
    else:
        raise Refusal(422, "invalid_phone_number" if body.get("type") == "sms" else "invalid_request")
    factor = call(workos.multi_factor_auth.enroll_factor, **asked)
    database.execute("INSERT INTO mfa_factor (id, user_id) VALUES (?, ?)", (factor.id, user["id"]))
    return 201, factor_wire(factor, verified=False, secret=True)


def read_factor(database, user, environ, extra, id):
    (verified,) = owned(database, "SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?", id, user)
    return 200, factor_wire(call(workos.multi_factor_auth.get_factor, id), verified)


def delete_factor(database, user, environ, extra, id):
    (verified,) = owned(database, "SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?", id, user)
    if verified:
        require_second_factor(database, user)
    call(workos.multi_factor_auth.delete_factor, id, missing=None)  # gone already is gone
    database.execute("DELETE FROM mfa_challenge WHERE factor_id = ?", (id,))
    database.execute("DELETE FROM mfa_factor WHERE id = ?", (id,))
    return 204, None


def challenge_factor(database, user, environ, extra, id):
    body_of(environ)
    (verified,) = owned(database, "SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?", id, user)
    if not verified:
        require_second_factor(database, user)
    challenge = call(workos.multi_factor_auth.challenge_factor, id, sms_template=SMS_TEMPLATE)
    database.execute("INSERT INTO mfa_challenge VALUES (?, ?, ?)", (challenge.id, id, user["id"]))
    return 201, challenge_wire(challenge)


def verify_challenge(database, user, environ, extra, id):
    code = body_of(environ).get("code")
    if not isinstance(code, str) or not re.fullmatch("[0-9]{4,10}", code):
        raise Refusal(422, "invalid_request")
    (factor_id,) = owned(database, "SELECT factor_id FROM mfa_challenge WHERE id = ? AND user_id = ?", id, user)
    verification = call(workos.multi_factor_auth.verify_challenge, id, code=code)
    if verification.challenge.id != id:
        raise Refusal(502, "server_error")
    is_right = verification.valid is True
    if is_right:
        # Of two that come at once one deletes the row, and only that one may pass.
        if database.execute("DELETE FROM mfa_challenge WHERE id = ?", (id,)).rowcount != 1:
            raise Refusal(422, "authentication_challenge_previously_verified")
        # From here on nobody else writes: what is read now still holds when the factor is marked.
        (verified,) = owned(database, "SELECT verified FROM mfa_factor WHERE id = ? AND user_id = ?", factor_id, user)
        is_proof = verified or not has_second_factor(database, user)  # anybody can show the code of a factor they just added
        if not is_proof:
            require_second_factor(database, user)
        database.execute("UPDATE mfa_factor SET verified = 1 WHERE id = ?", (factor_id,))
        if is_proof:
            extra.append(("Set-Cookie", session.complete(environ)))
    return 200, {"challenge": challenge_wire(verification.challenge), "valid": is_right}


ID = "(?P<id>[A-Za-z0-9_-]{1,128})"
ROUTES = [
    ("GET", "/factors", list_factors),
    ("POST", "/factors", enroll_factor),
    ("GET", f"/factors/{ID}", read_factor),
    ("DELETE", f"/factors/{ID}", delete_factor),
    ("POST", f"/factors/{ID}/challenge", challenge_factor),
    ("POST", f"/challenges/{ID}/verify", verify_challenge),
]


def owned(database, select, id, user):
    """The row, if it is this user's. Somebody else's is answered as one that does not exist."""
    row = database.execute(select, (id, user["id"])).fetchone()
    if row is None:
        raise Refusal(404, "entity_not_found")
    return row


def has_second_factor(database, user):
    select = "SELECT 1 FROM mfa_factor WHERE user_id = ? AND verified = 1"
    return database.execute(select, (user["id"],)).fetchone() is not None


def require_second_factor(database, user):
    """Refuses a session that has shown the password alone, where the account has a second factor."""
    if not user["complete"] and has_second_factor(database, user):
        raise Refusal(403, "step_up_required")


REQUIRED = object()


def call(operation, *args, missing=REQUIRED, **options):
    """Calls WorkOS, and turns its errors into the contract's."""
    try:
        return operation(*args, **options)
    except Exception as error:  # a time-out has no status, and an answer that is no JSON is no WorkOSError
        status, code = getattr(error, "status_code", None), getattr(error, "code", None)
    if status == 404 and missing is not REQUIRED:
        return missing
    if status == 404:
        raise Refusal(404, "entity_not_found")
    if status == 429:
        raise Refusal(429, "rate_limit_exceeded", retry_after=30)
    if code in PASSED_ON:
        raise Refusal(422, code)
    raise Refusal(502, "server_error")


# Field by field: what nobody thought of stays inside, and with it a challenge's `code`. `to_dict` writes dates as ISO 8601.


def factor_wire(factor, verified, secret=False):
    wire = factor.to_dict()
    answer = {name: wire[name] for name in ("id", "type", "created_at", "updated_at")}
    answer["status"] = "verified" if verified else "pending"
    if wire["type"] == "totp":
        names = ("issuer", "user", "secret", "qr_code", "uri") if secret else ("issuer", "user")
        answer["totp"] = {name: wire["totp"][name] for name in names}
    if wire["type"] == "sms":
        answer["sms"] = {"phone_number": "•••• " + wire["sms"]["phone_number"][-4:]}
    return answer


def challenge_wire(challenge):
    wire = challenge.to_dict()
    names = ("id", "authentication_factor_id", "created_at", "expires_at")
    return {name: wire[name] for name in names if wire.get(name) is not None}
