"""Deals: sales in pipelines, from their first stage until they are won or lost."""
