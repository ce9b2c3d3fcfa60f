"""A province in the database: enterprises, people and products by the ten thousand, invented; and how long pages take among them.

Run as a process of its own, with ``ZUJI_DATA`` (and ``DATABASE_URL``) naming an empty place. It prints its measurements as JSON.
"""

import json
import math
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, cast

from zuji.config.commands import migrate

ENTERPRISES, PRODUCTS = 20_000, 100_000
BATCH = 5_000
FIELDS = 500
ROUNDS = 40


def main(enterprises: int, products: int, rounds: int) -> None:
    """Fill the database and measure each page so many times."""
    migrate(lambda _: None)
    start = time.perf_counter()
    place = _fill(enterprises, products)
    filled = time.perf_counter() - start
    json.dump({"filled": filled, "rows": _measure(place, rounds)}, sys.stdout)


def _fill(enterprises: int, products: int) -> Mapping[str, Any]:
    """Everybody and everything; where the measured pages lie."""
    from zuji.config import demo  # noqa: PLC0415  # Django is set up now
    from zuji.registry.accounts.models import Enterprise, Membership, User  # noqa: PLC0415  # the same
    from zuji.registry.accounts.uscc import check_character  # noqa: PLC0415  # the same
    from zuji.registry.codes import new_code  # noqa: PLC0415  # the same
    from zuji.registry.footprints.method import Method  # noqa: PLC0415  # the same
    from zuji.registry.models import queries as catalogue  # noqa: PLC0415  # the same
    from zuji.registry.products.models import Product, Version  # noqa: PLC0415  # the same

    demo.load_factors(Method.shipped(), lambda _: None)
    firms = []
    for number in range(enterprises):
        stem = f"91{420100 + number % 900:06d}MB{number:07d}"[:17]
        name = f"湖北第{number}制造有限公司（虚构）"
        firms.append(
            Enterprise(
                uscc=stem + check_character(stem), name_zh=name, name_en=f"Hubei Works {number} (invented)", city_zh="武汉", city_en="Wuhan",
                identity_confirmed=True, demonstration=True,
            )
        )  # fmt: skip
    firms = Enterprise.objects.bulk_create(firms, batch_size=BATCH)
    people = User.objects.bulk_create(
        [User(email=f"engineer{n}@crowd.example", name=f"工程师 {n}", password="!") for n in range(enterprises)],  # noqa: S106  # nobody signs in by it
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        [Membership(user=person, enterprise=firm, role="owner") for person, firm in zip(people, firms, strict=True)], batch_size=BATCH
    )
    model = catalogue.catalogue()[1]
    answers = json.dumps({k: v for k, v in model.example.items() if k not in {"study_id", "demonstration"}}, ensure_ascii=False)
    made = [
        Product(
            code=new_code(), enterprise=firms[0 if n < products // 100 else n % enterprises], name_zh=f"磷酸一铵 {n}", name_en=f"MAP {n}",
            model=model.id, created_by="system",
        )
        for n in range(products)
    ]  # fmt: skip
    made = Product.objects.bulk_create(made, batch_size=BATCH)
    versions = [Version(product=product, number=1, model=model.reference, answers=answers, created_by="system") for product in made]
    Version.objects.bulk_create(versions, batch_size=BATCH)
    return {"person": people[0].pk, "uscc": firms[0].uscc, "product": made[0].code, "group": model.groups[-1].id}


def _measure(place: Mapping[str, Any], rounds: int) -> list[dict[str, object]]:
    """The median and the 95th percentile of each page, in seconds of the server's own time, and of the total while typing."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415  # Django is set up now
    from django.test import Client  # noqa: PLC0415  # the same
    from django.urls import reverse  # noqa: PLC0415  # the same

    browser = Client(SERVER_NAME="localhost")
    browser.force_login(get_user_model().objects.get(pk=place["person"]), backend="allauth.account.auth_backends.AuthenticationBackend")
    code, group = place["product"], place["group"]
    here = {"code": code, "number": 1}
    calculated = browser.post(reverse("version-calculate", kwargs=here))
    footprint = calculated.headers["Location"].rstrip("/").rpartition("/")[2]
    typed = {"changes": {"ammonia": "57121"}}

    def get(address: str) -> Callable[[], int]:
        return lambda: browser.get(address).status_code

    def post(address: str, body: object) -> Callable[[], int]:
        return lambda: browser.post(address, json.dumps(body), content_type="application/json").status_code

    measured = {
        "home": get("/"),
        "factor search": get("/factors/?query=铝锭"),
        "my enterprises": get(reverse("account")),
        "enterprise with a thousand products": get(reverse("enterprise", args=[place["uscc"]])),
        "its products searched": get(reverse("enterprise", args=[place["uscc"]]) + "?query=12"),
        "product": get(reverse("product", args=[code])),
        "task list": get(reverse("version", kwargs=here)),
        "page of the questionnaire": get(reverse("version-group", kwargs={**here, "group": group})),
        "all answers checked": get(reverse("version-check", kwargs=here)),
        "history": get(reverse("version-history", kwargs=here)),
        "result": get(reverse("footprint", args=[footprint])),
        "brief result (QR)": get(reverse("footprint-brief", args=[footprint])),
        "keystroke to new total": post(reverse("version-live", kwargs=here), typed),
    }
    rows = [_row(name, action, rounds) for name, action in measured.items()]
    with _long_model(code):
        rows.append(
            _row(
                f"keystroke to new total, {FIELDS} lines", post(reverse("version-live", kwargs=here), {"changes": {"field_7": "3"}}), rounds
            )
        )
    return rows


def _row(name: str, action: Callable[[], int], rounds: int) -> dict[str, object]:
    status = action()
    if status != 200:
        raise RuntimeError(f"{name}: answered {status}")
    durations = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        durations.append(time.perf_counter() - start)
    durations.sort()
    return {"name": name, "median": durations[rounds // 2], "p95": durations[math.ceil(0.95 * rounds) - 1], "runs": rounds}


class _long_model:  # noqa: N801  # used as a statement
    """A product model of :data:`FIELDS` questions on offer, and a version with an answer to each, while the measurement lasts."""

    def __init__(self, product: str) -> None:
        self.product = product

    def __enter__(self) -> None:
        from zuji.registry.models import queries as catalogue  # noqa: PLC0415  # Django is set up now
        from zuji.registry.products.models import Version  # noqa: PLC0415  # the same

        self.catalogue, self.before = catalogue, catalogue.catalogue
        model = long_model(FIELDS)
        catalogue.catalogue = cast("Any", lambda: (model,))
        answers = {"producer": "x", "site": "x", "period_start": "2025-01-01", "period_end": "2025-12-31", "made": "1000"}
        answers |= {f"field_{n}": str(n + 1) for n in range(FIELDS)}
        Version.objects.filter(product=self.product).update(model=model.reference, answers=json.dumps(answers), revision=1)

    def __exit__(self, *_: object) -> None:
        self.catalogue.catalogue = self.before


def long_model(fields: int) -> Any:
    """A product model with so many questions, each an input of one of ten processes, over different factors of the library."""
    from zuji.formats.factors import load_library  # noqa: PLC0415  # takes time
    from zuji.rules.model_schema import Model  # noqa: PLC0415  # the same
    from zuji.rules.models import ProductModel  # noqa: PLC0415  # the same

    factors = [each for each in load_library().all() if each.kind == "life-cycle" and each.state == "current" and each.per in {"kg", "t"}]

    def text(word: str) -> dict[str, str]:
        return {"zh": word, "en": word}

    def field(key: str, **more: object) -> dict[str, object]:
        return {"key": key, "label": text(key), "help": text(key), **more}

    plant = [field(key, kind="text", required=True) for key in ("producer", "site")]
    plant += [field(key, kind="date", required=True) for key in ("period_start", "period_end")]
    asked = [
        field(f"field_{n}", unit="kg", primary=True, factor={"id": factors[n % len(factors)].id, "unit": "kgCO2e/kg"})
        for n in range(fields)
    ]
    processes: list[dict[str, object]] = []
    for step in range(10):
        inputs: list[dict[str, object]] = [
            {"field": f"field_{n}", "name": text(f"line {n}")} for n in range(step * fields // 10, (step + 1) * fields // 10)
        ]
        if step:
            inputs.append({"name": text("intermediate"), "amount": "1", "unit": "kg", "process": f"step_{step - 1}"})
        output = {"product": f"product {step}", "amount": "=made" if step == 9 else "1", "unit": "kg"}
        processes.append({"id": f"step_{step}", "stage": "production", "output": output, "inputs": inputs})
    return ProductModel(
        Model.model_validate(
            {
                "zuji": "model/1", "id": "long", "version": "1.0.0", "title": text("long"), "summary": text("long"), "rule": "gbt24067@1.0.0",
                "sources": [], "declared_units": [{"id": "kg", "label": text("kg"), "declared_unit": {"amount": "1", "unit": "kg"}, "output": {}}],
                "groups": [
                    {"id": "plant", "title": text("plant"), "help": text(""), "fields": [*plant, field("made", unit="kg", required=True)]},
                    {"id": "lines", "title": text("lines"), "help": text(""), "fields": asked},
                ],
                "template": {"id": "long", "title": text("long"), "boundary": "cradle-to-gate", "reference": "step_9", "processes": processes},
            }
        )
    )  # fmt: skip


if __name__ == "__main__":
    chosen = [int(number) for number in sys.argv[1:4]] or [ENTERPRISES, PRODUCTS, ROUNDS]
    main(*chosen)
