"""Regulated processes and permissions as tables. Pure: the time and the person are arguments."""
