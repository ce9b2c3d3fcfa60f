"""The description of the programming interface, as the platform serves it."""

import json

from zuji.config.ready import set_up


def write() -> str:
    """OpenAPI 3.1 as JSON."""
    set_up()
    from zuji.web.api.service import api  # noqa: PLC0415  # its types exist only once Django is set up

    return json.dumps(api.get_openapi_schema(path_prefix="/v1/"), ensure_ascii=False, indent=1) + "\n"
