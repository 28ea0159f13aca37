"""A walk through every door of a practice organisation, each asked as the vendor documents and some asked badly."""

import json
from collections.abc import Callable
from typing import Any

import httpx

NOBODY = "487600000009999999"
HALDEN = {"Last_Name": "Birk", "Company": "Halden"}
CHANNEL = {"channel_id": "10001", "events": ["Leads.all"], "notify_url": "https://halden.example/in", "token": "sesame"}

Stop = Callable[[httpx.Client], None]


def made(client: httpx.Client, *records: dict[str, Any], module: str = "Leads") -> list[str]:
    usual = {"Leads": HALDEN, "Accounts": {"Account_Name": "Halden"}, "Contacts": {"Last_Name": "Birk"}}
    answer = client.post(module, json={"data": [usual[module] | record for record in records]})
    return [item["details"]["id"] for item in answer.raise_for_status().json()["data"]]


def discarded(client: httpx.Client, count: int) -> list[str]:
    ids = made(client, *({} for _ in range(count)))
    client.delete("Leads", params={"ids": ",".join(ids)})
    return ids


def of_the_organisation(client: httpx.Client) -> None:
    user = client.get("users").json()["users"][0]["id"]
    for path in ("org", "__apis", "settings/modules", "settings/modules/Leads", f"users/{user}"):
        client.get(path)
    for kind in ("AllUsers", "ActiveUsers", "CurrentUser", "AdminUsers"):
        client.get("users", params={"type": kind})


def of_settings(client: httpx.Client) -> None:
    for module in ("Leads", "Contacts", "Accounts", "Deals", "Tasks", "Calls", "Notes", "Leaves"):
        client.get("settings/modules/" + module)
        for path in ("fields", "related_lists", "layouts"):
            client.get(f"settings/{path}", params={"module": module})
    [layout, *_] = client.get("settings/layouts", params={"module": "Leads"}).json()["layouts"]
    client.get(f"settings/layouts/{layout['id']}", params={"module": "Leads"})
    client.get("settings/fields")


def of_reading(client: httpx.Client) -> None:
    [id_] = made(client, {"Email": "ada@halden.example"})
    for module in ("Leads", "Contacts", "Accounts", "Deals", "Tasks", "Calls", "Notes"):
        client.get(module, params={"fields": "id,Modified_Time,Created_By,Owner", "per_page": 3})
        client.get(f"{module}/actions/count")
    for path in (id_, NOBODY, f"{id_}/Tasks?fields=Subject", f"{id_}/Leaves", "search"):
        client.get(f"Leads/{path}")
    [known] = client.get("Leads", params={"fields": "Last_Name", "per_page": 1, "sort_order": "asc"}).json()["data"]
    client.get("Leads/search", params={"criteria": f"(Last_Name:equals:{known['Last_Name']})"})
    client.get("Leads/search", params={"word": known["Last_Name"]})
    client.get("Leads/search", params={"criteria": "(Last_Name;Birk"})
    for query in ("select Email from Leads where id is not null limit 3", "select Email from Leads", "choose"):
        client.post("coql", json={"select_query": query})


def of_bad_pages(client: httpx.Client) -> None:
    asked = {"fields": "Email", "per_page": "5"}
    token = client.get("Leads", params=asked).json()["info"]["next_page_token"]
    client.get("Leads", params={**asked, "page_token": token})
    client.get("Leads", params={"fields": "Phone", "page_token": token})
    client.get("Leads", params={**asked, "page": "3000"})
    client.get("Leads", params=asked, headers={"if-modified-since": "2099-01-01T00:00:00+00:00"})
    client.get("Leads")


def of_writing(client: httpx.Client) -> None:
    first, other = made(client, {}, {})
    bad = {"Last_Name": 7, "Company": "Halden"}
    fine = {**HALDEN, "ActiveCampaign_ID": "77"}
    client.post("Leads", json={"data": [HALDEN, bad, {"Company": "Halden"}]})
    client.post("Leads", json={"data": [bad]})
    client.post("Leads", json={})
    client.post("Leads", json={"data": [HALDEN] * 101})
    for _ in range(2):
        client.post("Leads/upsert", json={"data": [fine], "duplicate_check_fields": ["ActiveCampaign_ID"]})
    client.put("Leads", json={"data": [{"id": first, "City": "Graz"}, {"id": NOBODY, "City": "Graz"}]})
    client.put(f"Leads/{other}", json={"data": [{"ActiveCampaign_ID": "77"}]})
    client.put(f"Leads/{first}", json={"data": [{"City": "Wien"}]})
    earlier = {"if-unmodified-since": "2001-01-01T00:00:00+00:00"}
    client.put("Leads", json={"data": [{"id": first, "City": "Linz"}]}, headers=earlier)
    client.post(f"Leads/{first}/Notes", json={"data": [{"Note_Title": "Call", "Note_Content": "called"}]})
    client.get(f"Leads/{first}/Notes", params={"fields": "Note_Content"})
    client.get(f"Leads/{first}/__timeline")


def of_related_lists(client: httpx.Client) -> None:
    [lead] = made(client, {})
    notes = [{"Note_Title": "Call", "Note_Content": text} for text in ("first", "second", "third")]
    hung = client.post(f"Leads/{lead}/Notes", json={"data": notes}).json()["data"]
    first, second, third = (item["details"]["id"] for item in hung)
    of_lead = f"Leads/{lead}/Notes"
    client.get(of_lead, params={"fields": "Note_Title,Note_Content"})
    client.get(f"{of_lead}/{first}")
    client.put(of_lead, json={"data": [{"id": first, "Note_Content": "said"}, {"id": NOBODY, "Note_Content": "said"}]})
    client.put(f"{of_lead}/{first}", json={"data": [{"Note_Content": "told"}]})
    client.delete(f"{of_lead}/{first}")
    client.delete(of_lead, params={"ids": f"{second},{NOBODY}"})
    wishes = [{"related_list": {"api_name": name}} for name in ("Notes", "Tasks")]
    client.post(f"Leads/{lead}/actions/get_related_records_count", json={"get_related_records_count": wishes})
    task = {"Subject": "Call", "What_Id": {"id": lead}, "$se_module": "Leads"}
    made_task = client.post("Tasks", json={"data": [task]}).json()["data"][0]["details"]["id"]
    for path in ("Tasks?fields=Subject,Status", f"Tasks/{made_task}", f"Tasks/{NOBODY}"):
        client.get(f"Leads/{lead}/{path}")
    client.put(f"Leads/{lead}/Tasks/{made_task}", json={"data": [{"Subject": "Visit"}]})
    client.delete(f"Leads/{lead}/Tasks/{made_task}")
    for method in ("GET", "PUT", "DELETE"):
        said = {"json": {"data": [{"id": third, "Note_Content": "kept"}]}} if method == "PUT" else {}
        client.request(method, f"Notes/{third}", **said)


def of_a_large_merge(client: httpx.Client) -> None:
    """So much hangs on what is merged that the organisation takes its time."""
    master, loser = made(client, {}, {})
    for _ in range(11):
        client.post(f"Leads/{loser}/Notes", json={"data": [{"Note_Content": "called"}] * 100})
    [job] = client.post(f"Leads/{master}/actions/merge", json={"merge": [{"data": [{"id": loser}]}]}).json()["merge"]
    client.get(f"Leads/{master}/actions/merge", params={"job_id": job["details"]["job_id"]})


def of_deleting(client: httpx.Client) -> None:
    first, other = made(client, {}, {})
    client.delete(f"Leads/{first}")
    client.delete("Leads", params={"ids": f"{other},{NOBODY}"})
    for kind in ("all", "recycle", "permanent"):
        client.get("Leads/deleted", params={"type": kind})
    client.get("Leads/deleted", params={"type": "sometimes"})


def of_the_bin(client: httpx.Client) -> None:
    several, single = discarded(client, 6), discarded(client, 2)
    client.get("settings/recycle_bin")
    client.get("settings/recycle_bin/actions/count")
    client.get(f"settings/recycle_bin/{single[0]}")
    client.post(f"settings/recycle_bin/{single[0]}/actions/restore")
    client.post(f"settings/recycle_bin/{NOBODY}/actions/restore")
    client.delete(f"settings/recycle_bin/{single[1]}")
    client.post("settings/recycle_bin/actions/restore", json={"ids": several[:2]})
    client.post("settings/recycle_bin/actions/restore", json={"ids": [several[2], NOBODY]})
    client.post("settings/recycle_bin/actions/restore", json={})
    group = {"field": {"api_name": "module"}, "comparator": "equal", "value": "Leads"}
    client.delete("settings/recycle_bin", params={"ids": several[3]})
    client.delete("settings/recycle_bin", params={"filters": json.dumps(group)})
    client.post("settings/recycle_bin/actions/empty")


def of_tags(client: httpx.Client) -> None:
    of_leads = {"module": "Leads"}
    tags = [{"name": name} for name in ("hot", "warm", "cold")]
    made_tags = client.post("settings/tags", params=of_leads, json={"tags": tags}).json()["tags"]
    hot, warm, cold = (item["details"]["id"] for item in made_tags)
    [id_] = made(client, {})
    client.post("settings/tags", params=of_leads, json={"tags": [{"name": "hot"}, {"name": "new"}]})
    client.get("settings/tags", params=of_leads)
    client.put("settings/tags", params=of_leads, json={"tags": [{"id": hot, "name": "hotter"}]})
    client.put(f"settings/tags/{hot}", params=of_leads, json={"tags": [{"name": "hottest"}]})
    for verb in ("add", "remove"):
        client.post(f"Leads/{id_}/actions/{verb}_tags", json={"tags": [{"name": "warm"}]})
        client.post(f"Leads/actions/{verb}_tags", json={"tags": [{"name": "warm"}], "ids": [id_, NOBODY]})
        client.post(f"Notes/{id_}/actions/{verb}_tags", json={"tags": [{"name": "warm"}]})
    client.get(f"settings/tags/{warm}/actions/records_count", params=of_leads)
    client.post(f"settings/tags/{warm}/actions/merge", json={"tags": [{"conflict_id": cold}]})
    client.delete(f"settings/tags/{hot}")
    client.delete(f"settings/tags/{NOBODY}")


def of_converting_and_merging(client: httpx.Client) -> None:
    lead, master, loser = made(client, {}, {}, {})
    for _ in range(2):
        client.post(f"Leads/{lead}/actions/convert", json={"data": [{}]})
    deal = {
        "Deal_Name": "Halden 2026",
        "Stage": "Qualification",
        "Closing_Date": "2026-06-30",
        "Pipeline": "Standard (Standard)",
    }
    client.post(f"Leads/{master}/actions/convert", json={"data": [{"Deals": {"Deal_Name": "Halden"}}]})
    client.post(f"Leads/{NOBODY}/actions/convert", json={"data": [{}]})
    client.post(f"Leads/{master}/actions/merge", json={"merge": [{"data": [{"id": loser}]}]})
    client.post(f"Leads/{master}/actions/merge", json={"merge": [{"data": [{"id": NOBODY}]}]})
    client.get(f"Leads/{master}/actions/merge", params={"job_id": NOBODY})
    client.post(f"Leads/{master}/actions/convert", json={"data": [{"Deals": deal}]})


def of_channels(client: httpx.Client) -> None:
    client.post("actions/watch", json={"watch": [CHANNEL]})
    client.post("actions/watch", json={"watch": [CHANNEL, {**CHANNEL, "channel_id": "10002", "events": ["Leads.eat"]}]})
    client.get("actions/watch")
    client.put("actions/watch", json={"watch": [{**CHANNEL, "events": ["Contacts.all"]}]})
    client.patch("actions/watch", json={"watch": [{"channel_id": "10001", "_delete_events": True, "events": []}]})
    client.patch("actions/watch", json={"watch": [{"channel_id": "10001", "token": "other"}]})
    client.delete("actions/watch", params={"channel_ids": "10001,10002"})
    client.delete("actions/watch")


def of_jobs_and_locks(client: httpx.Client) -> None:
    one, other = made(client, {}, {})
    bulk = client.base_url.join("/crm/bulk/v8/read")
    wish = {"query": {"module": {"api_name": "Leads"}, "fields": ["Last_Name"]}}
    job = client.post(bulk, json=wish).json()["data"][0]["details"]["id"]
    for body in ({"query": {"module": {"api_name": "Notes"}}}, {"query": {"module": {"api_name": "Leaves"}}}):
        client.post(bulk, json=body)
    for path in (job, f"{job}/result", NOBODY):
        client.get(f"{bulk}/{path}")
    client.post(client.base_url.join("/_sandbox/settings"), json={"bulk_read_seconds": 0}).raise_for_status()
    client.get(f"{bulk}/{job}")
    client.get(f"{bulk}/{job}/result")
    client.get(f"Leads/{other}/__conversion_options")
    client.post("Leads/actions/mass_update", json={"data": [{"City": "Graz"}], "ids": [one, other]})
    locks, reason = f"Leads/{one}/Locking_Information__s", {"data": [{"Locked_Reason__s": "audit"}]}
    client.get(locks)
    lock = client.post(locks, json=reason).json()["data"][0]["details"]["id"]
    client.post(locks, json=reason)
    client.put(f"Leads/{one}", json={"data": [{"City": "Wien"}]})
    client.get(locks)
    client.put(f"{locks}/{lock}", json=reason)
    client.delete(f"{locks}/{lock}")


def of_lost_ways(client: httpx.Client) -> None:
    client.get("Leaves", params={"fields": "Email"})
    client.get("Leads/1/2/3/4")
    client.patch("Leads", json={})
    client.get("users", headers={"authorization": "Zoho-oauthtoken nobody"})
    client.post("Leads", content=b"{", headers={"content-type": "application/json"})


def of_trouble(client: httpx.Client) -> None:
    """What the organisation is told to have trouble with."""
    locked, free = made(client, {}, {})
    trouble = (
        {"kind": "locked", "route": "PUT /crm/v8/Leads", "ids": [locked]},
        {"kind": "too_many", "route": "GET /crm/v8/org"},
    )
    for each in trouble:
        client.post(client.base_url.join("/_sandbox/faults"), json=each).raise_for_status()
    client.put("Leads", json={"data": [{"id": id_, "City": "Graz"} for id_ in (locked, free)]})
    for _ in range(2):
        client.get("org")


TOUR: tuple[Stop, ...] = (
    of_the_organisation,
    of_settings,
    of_reading,
    of_bad_pages,
    of_writing,
    of_related_lists,
    of_deleting,
    of_the_bin,
    of_tags,
    of_converting_and_merging,
    of_a_large_merge,
    of_channels,
    of_jobs_and_locks,
    of_lost_ways,
    of_trouble,
)
