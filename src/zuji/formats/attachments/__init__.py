"""Files handed in as evidence: what they are by their content, and whether anything in them acts, hides or bursts.

:func:`zuji.formats.attachments.inspection.inspect` is called in a child process (:mod:`zuji.sandbox`) and answers in plain values;
:mod:`zuji.formats.attachments.faults` turns its answer into words where the result is needed.
"""
