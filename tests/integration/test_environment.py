"""Settings from the environment: one table, refused with a sentence when wrong."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from zuji.config import environment, readers, settings

POSTGRES = readers.Database("postgresql", "zu ji", user="u", password="p@ss", host="db.example", port="5433")


def test_left_out_means_the_default() -> None:
    values = environment.read({})
    assert values.data.name == "var"
    assert values.database is None
    assert values.https is False
    assert values.allowed_hosts == ("127.0.0.1", "localhost", "[::1]")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://u:p%40ss@db.example:5433/zu%20ji", POSTGRES),
        ("postgresql://zuji@/zuji?host=/run/pg", readers.Database("postgresql", "zuji", user="zuji", host="/run/pg")),
        ("sqlite:///data/a.sqlite3", readers.Database("sqlite", "/data/a.sqlite3")),
        ("sqlite:////data/a.sqlite3", readers.Database("sqlite", "/data/a.sqlite3")),
    ],
)
def test_addresses_of_databases(url: str, expected: readers.Database) -> None:
    assert environment.read({"DATABASE_URL": url}).database == expected


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://x/y", "write postgres://"),
        ("DATABASE_URL", "postgres://host/", "names no database"),
        ("ZUJI_SECRET_KEY", "short", "at least 32 characters"),
        ("ZUJI_HTTPS", "maybe", "true or false"),
        ("ZUJI_WORKERS", "0", "1 to 64"),
        ("ZUJI_WORKERS", "２", "1 to 64"),
        ("ZUJI_LOG_LEVEL", "LOUD", "DEBUG, INFO"),
        ("ZUJI_TIME_ZONE", "Mars/Olympus", "name of a time zone"),
        ("ZUJI_ALLOWED_HOSTS", "https://a.example", "not a host name"),
        ("ZUJI_TRUSTED_ORIGINS", "a.example", "must begin with https://"),
        ("ZUJI_DATA", " ", "path of a folder"),
        ("ZUJI_WOKRERS", "2", "there is no such setting"),
    ],
)
def test_a_wrong_value_names_itself_and_what_is_accepted(name: str, value: str, says: str) -> None:
    with pytest.raises(environment.BadSetting) as refused:
        environment.read({name: value})
    assert name in str(refused.value)
    assert says in str(refused.value)


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(environment.BadSetting) as refused:
        environment.read({"ZUJI_HTTPS": "x", "ZUJI_WORKERS": "x"})
    assert "ZUJI_HTTPS" in str(refused.value)
    assert "ZUJI_WORKERS" in str(refused.value)


def test_every_setting_is_explained_in_both_languages() -> None:
    for setting in environment.SETTINGS:
        assert re.search(r"[\u4e00-\u9fff]", setting.help.zh), setting.name
        assert setting.help.en, setting.name
        assert not re.search(r"[\u4e00-\u9fff]", setting.help.en), setting.name


def test_a_secret_key_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    show = [sys.executable, "-c", "from zuji.config import settings; print(settings.SECRET_KEY)"]
    keys = {
        subprocess.run(show, env={"ZUJI_DATA": str(tmp_path / "var"), "PATH": ""}, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 32
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o077 == 0


def test_the_content_security_policy_has_no_hole() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'self'"]
    for name, sources in directives.items():
        assert set(sources) <= {"'self'", "'none'"}, name


def test_a_wrong_setting_ends_the_command_with_a_sentence() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "zuji.cli", "demo"], env={"ZUJI_WORKERS": "many", "PATH": ""}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr.strip() == "zuji: Zuji does not start: ZUJI_WORKERS: write a whole number from 1 to 64"
