from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baton.adapters.spelling import spelling
from baton.domain.contract import Contract
from baton.domain.identity import looks_like_an_address, normalised, refusal

SPELLING = spelling()
CONTRACT = Contract(
    rules=(),
    refused_addresses=frozenset({"noreply@", "@none.example", "Someone@Example.COM", "@Müll.example"}),
)

domains = st.one_of(
    st.sampled_from(["example.com", "EXAMPLE.org", "münchen.example", "Straße.example", "日本。example", "localhost"]),
    st.text(max_size=12).map(lambda label: f"{label}.example"),
)
addresses = st.builds(lambda local, domain: f"{local}@{domain}", st.text(max_size=12), domains)


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("jane@example.com", "jane@example.com"),
        ("  Jane.Doe@Example.COM \t", "jane.doe@example.com"),
        ("jane@example.com.", "jane@example.com"),
        ("\u200bjane@example.com\ufeff", "jane@example.com"),
        ("\u202ajane@example.com\u202c", "jane@example.com"),
        ("jane@münchen.example", "jane@xn--mnchen-3ya.example"),
        ("jane@MÜNCHEN.example", "jane@xn--mnchen-3ya.example"),
        ("jane@xn--mnchen-3ya.example", "jane@xn--mnchen-3ya.example"),
        ("jane+news@example.com", "jane+news@example.com"),
        ("o'neil_x@mail.example.org", "o'neil_x@mail.example.org"),
        ("JOSÉ@example.com", "josé@example.com"),
        ("JOSE\u0301@example.com", "josé@example.com"),
    ],
)
def test_ways_of_writing_an_address_have_one_normal_form(written, normal):
    assert normalised(written, SPELLING) == normal


@pytest.mark.parametrize(
    "written",
    [
        None,
        "",
        "  ",
        "jane",
        "jane@",
        "@example.com",
        "jane doe@example.com",
        "jane@example com",
        "jane@ example.com",
        "jane@home@example.com",
        "jane@localhost",
        "jane@-example.com",
        "jane@exa_mple.com",
        "Jane <jane@example.com>",
        "jane@example.com, john@example.com",
        "mailto:jane@example.com",
        '"jane"@example.com',
        "jane@example..com",
        f"{'j' * 250}@example.com",
        12,
        ["jane@example.com", "john@example.com"],
    ],
)
def test_what_is_not_an_address_has_no_normal_form(written):
    assert normalised(written, SPELLING) is None


@settings(deadline=None)
@given(addresses)
def test_the_normal_form_of_a_normal_form_is_itself(address):
    once = normalised(address, SPELLING)

    assert once is None or normalised(once, SPELLING) == once


@settings(deadline=None)
@given(addresses)
def test_every_normal_form_looks_like_an_address(address):
    normal = normalised(address, SPELLING)

    assert normal is None or looks_like_an_address(normal)


@settings(deadline=None)
@given(addresses, st.sampled_from(["", " ", "\t", "\u00a0", "\u200b"]))
def test_blanks_and_letter_case_around_an_address_do_not_make_another_person(address, blank):
    plain = normalised(address, SPELLING)

    assert normalised(f"{blank}{plain}{blank}".swapcase(), SPELLING) == normalised(str(plain).swapcase(), SPELLING)


@pytest.mark.parametrize("address", ["jane@example.com", "noreplyish@example.com", "a@notnone.example"])
def test_an_ordinary_address_is_fine(address):
    assert refusal(address, CONTRACT, SPELLING) is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (None, "the e-mail address is blank"),
        ("  ", "the e-mail address is blank"),
        ("n/a", "what stands in the e-mail field is not an e-mail address"),
        ("NoReply@shop.example", "the contract refuses the e-mail address as a placeholder"),
        ("anybody@NONE.example", "the contract refuses the e-mail address as a placeholder"),
        (" someone@example.com", "the contract refuses the e-mail address as a placeholder"),
        ("x@müll.example", "the contract refuses the e-mail address as a placeholder"),
    ],
)
def test_an_address_that_identifies_nobody_is_refused_with_a_reason(address, reason):
    assert refusal(address, CONTRACT, SPELLING) == reason


@pytest.mark.parametrize(
    ("entry", "refused", "fine"),
    [
        ("{}@", "{}@shop.example", "{}s@shop.example"),
        ("{}@", "{}@another.example", "a@{}.example"),
        ("@{}.example", "jane@{}.example", "jane@mail.{}.example"),
        (" {}@Shop.example ", "{}@shop.example", "{}@another.example"),
        ("JOSE\u0301{}@", "josé{}@shop.example", "jose{}@shop.example"),
        ("@{}.Müll.example", "x@{}.xn--mll-hoa.example", "x@{}.mull.example"),
        ("@{}_X", "", "x@{}.example"),
    ],
)
def test_placeholders_are_compared_in_the_normal_form_of_addresses(entry, refused, fine):
    # A word of its own each time: what was refused once is kept.
    word = f"w{uuid4().hex[:12]}"
    contract = Contract(rules=(), refused_addresses=frozenset({entry.format(word)}))

    assert refusal(refused.format(word), contract, SPELLING) is not None
    assert refusal(fine.format(word), contract, SPELLING) is None


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("jane@example.com", True),
        ("jane", False),
        ("@example.com", False),
        ("jane@", False),
        ("jane doe@example.com", False),
        ("jane@example", False),
        ("jane@home@example.com", False),
        ("jane@exa mple.com", False),
    ],
)
def test_what_is_meant_to_be_an_address_is_told_by_its_looks(text, looks):
    assert looks_like_an_address(text) is looks


def test_an_address_is_shorter_than_the_longest_path_of_a_mail():
    longest = f"{'j' * 63}@{'a' * 60}.{'b' * 60}.{'c' * 60}.example"

    assert normalised("j" * (253 - len(longest) + 63) + longest[63:], SPELLING) is not None
    assert normalised("j" * (254 - len(longest) + 63) + longest[63:], SPELLING) is not None
    assert normalised("j" * (255 - len(longest) + 63) + longest[63:], SPELLING) is None


@settings(deadline=None)
@given(addresses)
def test_a_reason_never_holds_the_address(address):
    reason = refusal(address, CONTRACT, SPELLING)

    assert reason is None or address not in reason or len(address) < 3
