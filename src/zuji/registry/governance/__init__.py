"""The governed factor database: from a draft to a published version, step by step, each by somebody else."""
