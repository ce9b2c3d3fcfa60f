"""Answers to programs that were given once and are given again: a request sent twice under one key is done once."""
