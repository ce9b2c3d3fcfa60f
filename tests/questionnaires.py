"""Products whose questionnaire is filled in with the example of their model, as tests need them."""

from zuji.engine.text import Text
from zuji.registry.accounts.viewer import Viewer
from zuji.registry.products import operations as products
from zuji.rules import load_models

MODELS = {model.id: model for model in load_models()}
NAME = Text("示范产品", "Example product")
MANAGED = {"study_id", "demonstration"}


def filled_product(
    editor: Viewer,
    enterprise: int,
    model: str = "map-fertiliser",
    *,
    name: Text = NAME,
    finished: bool = True,
    **changes: str,
) -> str:
    """A product with the answers of its model's example, some of them changed; its code. ``finished``: every page is said to be filled in."""
    code = products.create_product(viewer=editor, enterprise=enterprise, name=name, model=model)
    answers = {key: value for key, value in MODELS[model].example.items() if key not in MANAGED} | changes
    products.save_answers(viewer=editor, product=code, number=1, base_revision=0, changes=answers)
    finish(editor, code, 1, model, finished=finished)
    return code


def finish(editor: Viewer, code: str, number: int, model: str = "map-fertiliser", *, finished: bool = True) -> None:
    """Open every page of a version's questionnaire and say that it is filled in, or that it is not."""
    for group in MODELS[model].groups:
        products.see_group(viewer=editor, product=code, number=number, group=group.id, finished=finished)
