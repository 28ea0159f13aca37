"""All modules of the organisation, in the order the vendor lists them."""

from sandbox.zoho.fields import business, people
from sandbox.zoho.fields.spec import ModuleSpec

MODULES: dict[str, ModuleSpec] = {
    spec.name: spec
    for spec in (
        people.leads(),
        people.contacts(),
        business.accounts(),
        business.deals(),
        business.tasks(),
        business.calls(),
        business.notes(),
    )
}
