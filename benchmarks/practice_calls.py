"""What a client asks of the practice CRMs at size: first, deep and filtered pages, queries, searches and writes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from sandbox.activecampaign.manners import TOKEN
from sandbox.zoho.oauth import CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN

Ask = Callable[[int], object]
"""One call, told its number, so that no two writes are the same."""

FIELDS = "id,First_Name,Last_Name,Email,Phone,Title,Owner,Modified_Time,Created_Time,Lifecycle_Stage"
CHOSEN = "select id, Email, Last_Name, Modified_Time from Contacts where"
PLAIN_PAGES = 10
BATCH = 5_000
IN_ONE_QUERY = 50


def activecampaign_calls(client: httpx.Client) -> dict[str, Ask]:
    door = _Door(client, {"Api-Token": TOKEN})
    newest = door.get("/api/3/contacts", **{"orders[id]": "DESC", "limit": 1})["contacts"][0]
    total = int(door.get("/api/3/contacts", limit=1)["meta"]["total"])
    one, since = newest["id"], (datetime.now(UTC) - timedelta(days=2)).isoformat(timespec="seconds")

    def page(**asked: Any) -> Ask:
        return lambda _n: door.get("/api/3/contacts", **{"limit": 100, **asked})

    return {
        "one contact (baseline)": lambda _n: door.get(f"/api/3/contacts/{one}"),
        "first page by id": page(**{"orders[id]": "ASC"}),
        "next page by id_greater": page(**{"orders[id]": "ASC", "id_greater": str(total // 2)}),
        "deep page by offset": page(**{"orders[id]": "ASC", "offset": total - 150}),
        "page in the vendor's own order": page(offset=total // 2),
        "page by creation": page(**{"orders[cdate]": "DESC"}),
        "updated in two days": page(**{"filters[updated_after]": since}),
        "updated, by id": page(**{"filters[updated_after]": since, "orders[id]": "ASC"}),
        "with values, lists and tags": page(**{"orders[id]": "ASC", "include": "fieldValues,contactLists,contactTags"}),
        "by e-mail": page(email=newest["email"]),
        "search": page(search="kowalczyk"),
        "sync (write)": lambda n: door.post("/api/3/contact/sync", {"contact": _synced(newest["email"], n)}),
        "create (write)": lambda n: door.post("/api/3/contacts", {"contact": _synced(f"new{n}@newer.example", n)}),
    }


def zoho_calls(client: httpx.Client) -> dict[str, Ask]:
    door = _Door(client, {"Authorization": f"Zoho-oauthtoken {_token(client)}"})
    rows = door.get("/crm/v8/Contacts", fields="Email,id", per_page=200)["data"]
    ids, emails = [row["id"] for row in rows], [row["Email"] for row in rows if row["Email"]][:IN_ONE_QUERY]
    since = (datetime.now(UTC) - timedelta(days=2)).isoformat(timespec="seconds")
    return {
        "one contact (baseline)": lambda _n: door.get(f"/crm/v8/Contacts/{ids[0]}"),
        **_zoho_pages(door, since),
        **_zoho_queries(door, since, emails),
        "count": lambda _n: door.get("/crm/v8/Contacts/actions/count"),
        "update of 100 (write)": lambda n: door.put("/crm/v8/Contacts", _updates(ids, n)),
        "upsert of 100 (write)": lambda n: door.post("/crm/v8/Contacts/upsert", _upserts(n)),
    }


def _zoho_pages(door: "_Door", since: str) -> dict[str, Ask]:
    def page(headers: dict[str, str] | None = None, **asked: Any) -> Ask:
        return lambda _n: door.get("/crm/v8/Contacts", headers, fields=FIELDS, per_page=200, **asked)

    return {
        "first page": page(),
        "tenth page": page(page=10),
        "deep page by token": page(page_token=_deep_token(door)),
        "page by Modified_Time": page(sort_by="Modified_Time"),
        "changed in two days": page({"If-Modified-Since": since}),
    }


def _zoho_queries(door: "_Door", since: str, emails: list[str]) -> dict[str, Ask]:
    quoted = ", ".join("'" + email.replace("'", "\\'") + "'" for email in emails)

    def query(condition: str) -> Ask:
        text = f"{CHOSEN} {condition} limit 200"
        return lambda _n: door.post("/crm/v8/coql", {"select_query": text})

    def search(**asked: Any) -> Ask:
        return lambda _n: door.get("/crm/v8/Contacts/search", fields=FIELDS, per_page=200, **asked)

    return {
        "COQL by Modified_Time": query(f"Modified_Time >= '{since}' order by Modified_Time asc"),
        "COQL, Email in fifty": query(f"Email in ({quoted})"),
        "COQL by id": query("id > 0 order by id asc"),
        "search by e-mail": search(email=emails[0]),
        "search by phone": search(phone="+49 30 23125123"),
        "search by word": search(word="known512"),
        "search by criteria": search(criteria="(Last_Name:starts_with:Kow)"),
    }


def fill_zoho(client: httpx.Client, people: int) -> None:
    """Sales knows few of the people by itself; as many contacts as marketing has are there once they are in step."""
    known = client.get("/_sandbox/health").json()["records"]["Contacts"]
    loaded = [_contact(number) for number in range(known, people)]
    for start in range(0, len(loaded), BATCH):
        body = {"module": "Contacts", "records": loaded[start : start + BATCH]}
        client.post("/_sandbox/load", json=body).raise_for_status()


class _Door:
    """Calls with a credential; what comes back must be a success."""

    def __init__(self, client: httpx.Client, headers: dict[str, str]) -> None:
        self._client = client
        self._headers = headers

    def get(self, path: str, headers: dict[str, str] | None = None, /, **params: Any) -> Any:
        answer = self._client.get(path, params=params, headers={**self._headers, **(headers or {})})
        return _whole(answer)

    def post(self, path: str, body: Any) -> Any:
        return _whole(self._client.post(path, json=body, headers=self._headers))

    def put(self, path: str, body: Any) -> Any:
        return _whole(self._client.put(path, json=body, headers=self._headers))


def _whole(answer: httpx.Response) -> Any:
    answer.raise_for_status()
    return answer.json() if answer.content else {}


def _deep_token(door: _Door) -> str:
    """The token of the first page that plain page numbers do not reach."""
    token = ""
    for _ in range(PLAIN_PAGES + 1):
        asked = {"page_token": token} if token else {}
        info = door.get("/crm/v8/Contacts", fields=FIELDS, per_page=200, **asked)["info"]
        token = str(info["next_page_token"])
    return token


def _contact(number: int) -> dict[str, Any]:
    moment = datetime.now(UTC) - timedelta(minutes=number * 7)
    stamp = moment.isoformat(timespec="seconds")
    name = f"Known{number % 997}"
    return {
        "id": str(487600000001000000 + number),
        "First_Name": "Well",
        "Last_Name": name,
        "Full_Name": f"Well {name}",
        "Email": f"well.known{number}@known.example",
        "Phone": f"+49 30 23125{number % 1000:03d}",
        "Title": "Purchasing Manager",
        "ActiveCampaign_ID": str(number),
        "Created_Time": stamp,
        "Modified_Time": stamp,
    }


def _synced(email: str, number: int) -> dict[str, Any]:
    return {"email": email, "firstName": f"Time{number}", "fieldValues": [{"field": "1", "value": f"Land {number}"}]}


def _updates(ids: list[str], number: int) -> dict[str, Any]:
    return {"data": [{"id": id_, "Title": f"Title {number}"} for id_ in ids[:100]]}


def _upserts(number: int) -> dict[str, Any]:
    records = [{"Last_Name": "Newer", "Email": f"newer{number}.{place}@newer.example"} for place in range(100)]
    return {"data": records, "duplicate_check_fields": ["Email"]}


def _token(client: httpx.Client) -> str:
    asked = {
        "grant_type": "refresh_token",
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "refresh_token": REFRESH_TOKEN,
    }
    return str(client.post("/oauth/v2/token", data=asked).json()["access_token"])
