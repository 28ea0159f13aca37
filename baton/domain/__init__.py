"""Decides, and only decides: values in, values out, standard library only."""
