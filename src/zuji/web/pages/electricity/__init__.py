"""Electricity: the factors with what each is for, an enterprise's green-power certificates, and what the authority sees of them all."""
