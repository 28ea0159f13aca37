"""Both practice CRMs as a browser on the same machine sees them: pages in process, forms posted as browsers do."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html.parser import HTMLParser

import httpx
import pytest

from sandbox.in_process import InProcessTransport
from sandbox.opening import open_crm
from sandbox.server import PracticeServer

HERE = "http://localhost:8801"


@pytest.fixture
def open_crm_here() -> Iterator[Callable[[str], PracticeServer]]:
    with ExitStack() as opened:

        def opener(name: str) -> PracticeServer:
            app = open_crm(name, people=60, settings={"limits": False})
            opened.callback(app.close)
            return app

        yield opener


@pytest.fixture
def open_browser(open_crm_here: Callable[[str], PracticeServer]) -> Iterator[Callable[..., httpx.Client]]:
    with ExitStack() as opened:

        def opener(name: str, url: str = HERE) -> httpx.Client:
            transport = InProcessTransport(open_crm_here(name))
            client = httpx.Client(transport=transport, base_url=url, headers={"Origin": url}, follow_redirects=True)
            return opened.enter_context(client)

        yield opener


@pytest.fixture
def zoho(open_browser: Callable[..., httpx.Client]) -> httpx.Client:
    return open_browser("zoho")


@pytest.fixture
def activecampaign(open_browser: Callable[..., httpx.Client]) -> httpx.Client:
    return open_browser("activecampaign")


@pytest.fixture
def effects() -> Callable[[httpx.Client], list[dict[str, object]]]:
    return lambda client: client.get("/_sandbox/journal", params={"kind": "effect"}).json()["entries"]


@pytest.fixture
def form_of() -> Callable[[httpx.Response, str], dict[str, str]]:
    """What a browser would send of the form that posts to this address, were it sent as it stands."""

    def read(page: httpx.Response, action: str) -> dict[str, str]:
        reader = _Forms()
        reader.feed(page.text)
        return reader.forms[action]

    return read


class _Forms(HTMLParser):
    """The inputs of each form of a page and what they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self._inputs: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        match tag:
            case "form":
                self._inputs = self.forms.setdefault(told["action"] or "", {})
            case "input" if told.get("type") != "checkbox" or "checked" in told:
                self._inputs[told["name"] or ""] = told.get("value") or ""
            case "select" | "textarea":
                self._open = told["name"] or ""
                self._inputs[self._open] = ""
            case "option" if "selected" in told:
                self._inputs[self._open] = told["value"] or ""

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag in ("select", "textarea") else self._open

    def handle_data(self, data: str) -> None:
        is_in_textarea = self._open and self.lasttag == "textarea"
        self._inputs |= {self._open: data} if is_in_textarea else {}
