"""Averages of confidential contributions: what is released for everybody, what an enterprise contributes, and who calls, releases and audits."""
