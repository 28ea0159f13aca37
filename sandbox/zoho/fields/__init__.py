"""The organisation's modules and their fields, as they are before anybody works in it."""
