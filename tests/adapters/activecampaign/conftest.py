import pytest

from baton.adapters.activecampaign.gateway import ActiveCampaignGateway

FIELDS = {
    "fields": [{"id": "1", "perstag": "COUNTRY", "type": "text"}, {"id": "2", "perstag": "STAGE", "type": "dropdown"}],
    "fieldOptions": [
        {"field": "2", "orderid": "2", "value": "MQL", "label": "Hot"},
        {"field": "2", "orderid": "1", "value": "Lead", "label": "Cold"},
    ],
}


@pytest.fixture
def fields(answer):
    return answer(200, FIELDS)


@pytest.fixture
def gateway(wire):
    def make(told, **more):
        return ActiveCampaignGateway(base_url="https://acme.example/", token="secret-token", wire=wire(told, **more))

    return make
