"""Made-up people with the dirt of real data; the same seed and count give both CRMs the same ones."""
