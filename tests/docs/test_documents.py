"""What the documents show is what happens: every command of the README runs, every package has its section."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.analysis.settings import load_settings
from indexer.archive import Archive
from indexer.cli.keeper import main as keeper
from indexer.cli.search import main as search
from indexer.documents.refusal import Refusal

REPO = Path(__file__).resolve().parents[2]
README = (REPO / "README.md").read_text(encoding="utf-8")


def commands(text: str, program: str) -> list[str]:
    """The command lines in indented blocks, without what is said about them."""
    lines = re.findall(rf"^    ({program} .*)$", text, re.MULTILINE)
    return [re.split(r"\s{2,}|\s\|\s", line)[0] for line in lines]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the sample articles."""
    root = tmp_path_factory.mktemp("samples")
    shutil.copytree(REPO / "seeds", root / "seeds")
    (root / "index_data").mkdir()
    Archive(root).update()
    return root


@pytest.mark.parametrize("line", commands(README, "search"))
def test_every_search_in_the_readme_finds_something(samples: Path, line: str) -> None:
    hit = Archive(samples).search("gaza").hits[0]
    arguments = [hit.id if word == "3f31db6b" else word for word in shlex.split(line)[1:]]
    result = CliRunner().invoke(search, ["--archive", str(samples), *arguments])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip()


@pytest.mark.parametrize("line", commands(README, "indexer"))
def test_every_indexer_command_in_the_readme_runs(samples: Path, line: str) -> None:
    some = next((samples / "seeds").glob("*.txt"))
    arguments = [str(some) if word == "FILE" else word for word in shlex.split(line)[1:]]
    result = CliRunner().invoke(keeper, [*arguments, "--archive", str(samples)])
    assert result.exit_code == 0, result.output


def test_the_readme_names_commands_and_has_one_line_each_to_try_and_to_test() -> None:
    assert len(commands(README, "search")) >= 8
    assert len(commands(README, "indexer")) >= 4
    assert len(re.findall(r"^    python3 -m venv .*search ", README, re.MULTILINE)) == 1
    assert len(re.findall(r"^    python3 -m venv .*pytest$", README, re.MULTILINE)) == 1


def test_the_python_example_of_the_readme_runs(samples: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    block = README.split("## From Python")[1].split("## ")[0]
    code = "\n".join(line[4:] for line in block.splitlines() if line.startswith("    "))
    monkeypatch.chdir(samples)
    exec(compile(code, "README.md", "exec"), {})
    assert "2023-11-08" in capsys.readouterr().out


def test_every_package_has_its_section_and_every_section_its_package() -> None:
    text = (REPO / "docs" / "architecture.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^## `(\w+)`: .+[?.]$", text, re.MULTILINE))
    packages = {path.parent.name for path in (REPO / "indexer").glob("*/__init__.py")}
    assert sections == packages | {"archive"}
    assert text.count("**Useful for**") == text.count("**Not useful for**") == len(sections)


def test_links_between_documents_lead_somewhere() -> None:
    for document in (REPO / "README.md", *(REPO / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_no_sample_is_refused(samples: Path) -> None:
    archive = Archive(samples)
    shown = [one for path in (samples / "seeds").rglob("*.*") for one in archive.show(path)]
    assert len(shown) >= 60
    assert not [one for one in shown if isinstance(one, Refusal)]
    assert archive.status().refused == ()


def test_the_settings_in_the_page_on_words_are_understood() -> None:
    text = (REPO / "docs" / "analysis.md").read_text(encoding="utf-8")
    settings = load_settings(text.split("```toml\n")[1].split("```")[0].encode())
    assert settings.language == "german"
    assert ("EU", "European Union") in settings.synonyms
    assert ("G7", "Group of Seven") in settings.synonyms
