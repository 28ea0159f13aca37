"""Notifications: channels a client opens on modules, and what is delivered to them when records change."""
