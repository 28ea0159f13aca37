"""One story each. Flows know no Celery, no HTTP, no SQL and no Redis; they ask the engine's ports."""
