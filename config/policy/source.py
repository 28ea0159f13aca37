"""Where one account's address and secrets come from: the references of its YAML, or the practice CRM.

An account of a `practice` connection is the practice CRM's as long as nothing that it refers to is there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import SecretStr

from baton.domain.records import Crm
from config import practice
from config.policy.addresses import same_place, web_address
from config.policy.document import Document
from config.policy.keeping import Keeping
from config.policy.references import Reference
from config.policy.written_connection import ActiveCampaignPart, ZohoPart
from config.problems import Problem

_PRACTICE_URLS = {Crm.ACTIVECAMPAIGN: practice.ACTIVECAMPAIGN_URL, Crm.ZOHO: practice.ZOHO_URL}


@dataclass(frozen=True, slots=True)
class Source:
    """Reads values by their keys in the YAML; what is lacking is gathered in `problems` and told at once."""

    crm: Crm
    part: ActiveCampaignPart | ZohoPart
    keeping: Keeping
    document: Document
    may_practise: bool
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_practice(self) -> bool:
        return self.may_practise and not self._present()

    def is_written(self, key: str) -> bool:
        return getattr(self.part, key) is not None

    def address(self, key: str) -> str:
        text = self._practice_url() if self.is_practice else self._value(key)
        try:
            return web_address(text) if text else ""
        except ValueError as error:
            self._tell(key, f"what {self._written(key)} holds {error}")
            return ""

    def secret(self, key: str) -> SecretStr:
        return SecretStr(practice.CREDENTIALS[key] if self.is_practice else self._value(key))

    def known_place(self, key: str) -> str:
        """The address's host and port; an address that is not there yet is known by the name of its variable."""
        text = self.keeping.environ.get(_PRACTICE_URLS[self.crm]) if self.is_practice else self._quietly(key)
        return same_place(text) if text else str(self._written(key))

    def known_secret(self, key: str) -> str:
        return practice.CREDENTIALS[key] if self.is_practice else self._quietly(key) or str(self._written(key))

    def _practice_url(self) -> str:
        name = _PRACTICE_URLS[self.crm]
        url = self.keeping.environ.get(name, "").strip()
        if not url:
            wanted = ", ".join(str(reference) for reference in self._references().values())
            problem = self.document.problem(
                (self.crm.value,),
                f"neither a real account nor the practice CRM is named: {name} is not set.",
                f"Start the practice CRMs with make up, or set {wanted}.",
            )
            self.problems.append(problem)
        return url

    def _value(self, key: str) -> str:
        written = self._written(key)
        if isinstance(written, str):
            return written
        try:
            return self.keeping.value(written)
        except ValueError as error:
            self._tell(key, str(error))
            return ""

    def _quietly(self, key: str) -> str | None:
        written = self._written(key)
        try:
            return written if isinstance(written, str) else self.keeping.value(written)
        except ValueError:
            return None

    def _tell(self, key: str, text: str) -> None:
        present = self._present()
        advice = f"Set it, or unset {', '.join(present)} to practise." if self.may_practise else "Set it."
        self.problems.append(self.document.problem((self.crm.value, key), text, advice))

    def _present(self) -> tuple[str, ...]:
        return tuple(str(ref) for ref in self._references().values() if self.keeping.holds(ref))

    def _references(self) -> Mapping[str, Reference]:
        written = {key: self._written(key) for key in type(self.part).model_fields}
        return {key: value for key, value in written.items() if isinstance(value, Reference)}

    def _written(self, key: str) -> str | Reference:
        value: str | Reference = getattr(self.part, key)
        return value
