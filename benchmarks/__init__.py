"""Figures, measured on real processes and printed beside a baseline of the same run. `make bench` prints them."""
