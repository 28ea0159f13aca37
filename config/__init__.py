"""Settings, connections and contracts: what people write, read into values or told as problems."""
