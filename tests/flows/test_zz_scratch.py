import time
from baton.domain.records import CONTACT, LEADS, RecordRef
def test_scratch(make_world):
    world = make_world(people=0)
    world._run("INSERT INTO people (connection) VALUES ('demo')")
    world._run("""INSERT INTO mirror (connection, ref, module, person_id, row, version, read_began, fingerprint)
      SELECT 'demo', 'activecampaign:contact:'||g, 'activecampaign:contact', (select min(id) from people), '{"a":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}', now(), now(), 'x' from generate_series(1,100000) g""")
    world._run("ANALYZE mirror")
    s = world.engine.sightings
    t=time.monotonic()
    for i in range(0, 100):
        s.compare(CONTACT, [RecordRef(CONTACT, str(g)) for g in range(5000+i*100+1, 5000+i*100+101) if g % 50], after=str(5000+i*100), until=str(5000+i*100+100))
    print("compare x100", time.monotonic()-t, len(s.unseen(CONTACT, limit=1000)))
    with world.engine.intake.desk.engine.begin() as tx:
        for r in tx.exec_driver_sql("EXPLAIN ANALYZE SELECT ref FROM mirror m WHERE connection='demo' AND module='activecampaign:contact' AND (length(m.ref), m.ref) > (27, 'activecampaign:contact:5000') AND (length(m.ref), m.ref) <= (27, 'activecampaign:contact:5100') AND m.gone_at IS NULL"): print(r[0])
    t=time.monotonic()
    print(len(s.stale({RecordRef(CONTACT, str(g)): world.engine.now() for g in range(1,2001)}, limit=100)), time.monotonic()-t)
    t=time.monotonic()
    s.compare(CONTACT, [RecordRef(CONTACT, str(g)) for g in range(1, 2001)], after=None, until="2000"); print(time.monotonic()-t)
    assert 0
