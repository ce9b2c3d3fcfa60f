"""A study as YAML that :func:`~zuji.formats.study.reading.read_study` reads to the same study again."""

from typing import Any

import yaml

from zuji.engine.study import Study


class _Dumper(yaml.SafeDumper):
    """Without anchors: the same content twice is written twice."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML asks for each object
        return True


def write_study(study: Study) -> str:
    """The YAML text of a study, fields in the order of the format, what is left at its default left out."""
    content = study.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return yaml.dump(_shorter(content), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=140)


def _shorter(content: Any) -> Any:
    """Text that is the same in both languages as one string, as people write it."""
    if isinstance(content, dict):
        if set(content) == {"zh", "en"} and content["zh"] == content["en"]:
            return content["zh"]
        return {key: _shorter(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_shorter(value) for value in content]
    return str(content).lower() if isinstance(content, bool) else str(content) if isinstance(content, int) else content
