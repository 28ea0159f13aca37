"""Baton's house: all that would be kept if Celery were replaced tomorrow."""
