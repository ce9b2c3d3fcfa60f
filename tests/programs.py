"""A program of the tests, as it asks the interface: a token for its secret, then requests; and the one body of every error."""

import base64
import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from zuji.web.api.problem import Problem


class Program:
    """A program with its token."""

    def __init__(self, client_id: str, secret: str) -> None:
        self.client_id, self.secret = client_id, secret
        self.browser = Client()
        self.token = ""

    def sign_in(self) -> Any:
        shown = base64.b64encode(f"{self.client_id}:{self.secret}".encode()).decode()
        answer = self.browser.post("/v1/token", {"grant_type": "client_credentials"}, headers={"Authorization": f"Basic {shown}"})
        self.token = answer.json().get("access_token", "")
        return answer

    def ask(self, method: str, address: str, body: object = None, key: str = "", **headers: str) -> Any:
        sent = {"Authorization": f"Bearer {self.token}", **headers}
        if key:
            sent["Idempotency-Key"] = key
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.browser.generic(method, f"/v1{address}", data, "application/json", headers=sent)

    def hand_in(self, address: str, name: str, content: bytes) -> Any:
        """Send a file."""
        body = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(name, content)})
        return self.browser.generic("POST", f"/v1{address}", body, MULTIPART_CONTENT, headers={"Authorization": f"Bearer {self.token}"})


def problem(answer: Any, status: int, code: str) -> Problem:
    """The one error body."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content.decode()
    found = Problem.model_validate_json(answer.content)
    assert found.status == status
    assert found.message_zh
    assert found.message_en
    return found


def given(answer: Any, status: int = 200) -> Any:
    """The body of an answer that is as it should be."""
    assert answer.status_code == status, answer.content.decode()
    return answer.json()
