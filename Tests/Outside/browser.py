"""A browser without a script: keeps cookies, follows nothing by itself, and says where a form came from."""

import html
import http.client
import re
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class Page:
    """What came back."""

    def __init__(self, answer: http.client.HTTPResponse):
        self.status, self.headers, self.text = answer.status, answer.headers, answer.read().decode()

    @property
    def hidden(self) -> dict[str, str]:
        return {name: html.unescape(value) for name, value in HIDDEN.findall(self.text)}

    @property
    def onward(self) -> str:
        """Where it leads: by a redirect, or by a page that goes on."""
        refresh = self.headers.get("Refresh", "")
        return self.headers.get("Location") or refresh.removeprefix("0; url=")


class Browser:
    """One person's, at one host."""

    def __init__(self, port: int, host: str):
        self.port, self.host, self.cookies = port, host, {}

    def get(self, target: str, **fields: str) -> Page:
        """By a link on another site: only cookies that are not strict come along."""
        target = target.partition(self.host)[2] if target.startswith("http") else target
        return self._ask("GET", target, None, {"Sec-Fetch-Site": "cross-site"} | fields)

    def post(self, path: str, form: dict[str, str], **fields: str) -> Page:
        """By a form of a page of the same host."""
        return self._ask("POST", path, urlencode(form), {
            "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"} | fields)

    def _ask(self, method: str, target: str, body: str | None, fields: dict[str, str]) -> Page:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": self.host, "Accept": "text/html,*/*"} | {name.replace("_", "-"): value for name, value in fields.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        line.request(method, target, body, sent)
        page = Page(line.getresponse())
        line.close()
        for cookie in page.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            if "Max-Age=0" in cookie:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return page


def parameters(address: str) -> dict[str, str]:
    from urllib.parse import parse_qsl
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
