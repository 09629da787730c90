"""Every sentence of docs/privacy.md has a test that fails when it is false: this table names it, and is held complete."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot.config import Settings
from bot.knowledge.tables import (
    conversations,
    diary_before,
    diary_entries,
    documents,
    feedback,
    more_keys,
    phrases,
    turns,
)
from bot.rasa_host import tracker_cache

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "privacy.md"

U, STORE, C = "tests/unit/test_", "tests/integration/test_", "tests/conversations/test_"
HERE = f"{U}privacy_page.py"

TESTS = {
    "People tell Stridewell about their health.": f"{HERE}::test_what_people_say_is_health_data",
    "Every sentence of this page has a test": f"{HERE}::test_every_sentence_is_in_the_table",
    "words typed, answers, times": f"{HERE}::test_the_tables_hold_what_the_page_says",
    "the same messages with what was understood": f"{STORE}tracker_store.py::test_what_is_stored_of_a_message_is_small",
    "region, language, times of creation": f"{HERE}::test_the_tables_hold_what_the_page_says",
    "whether an answer helped": f"{HERE}::test_the_tables_hold_what_the_page_says",
    "the walking diary: days": f"{HERE}::test_the_tables_hold_what_the_page_says",
    "a diary as it was before": f"{HERE}::test_the_tables_hold_what_the_page_says",
    "of a pass-phrase the hash": f"{U}channel_keepsakes.py::test_a_phrase_is_shown_once",
    "the SHA-256 hashes of the keys": f"{STORE}diary_store.py::test_a_phrase_opens_until",
    "A pass-phrase is shown once": f"{U}channel_keepsakes.py::test_a_phrase_is_shown_once",
    "What a change took out": f"{STORE}diary_store.py::test_what_was_taken_out_is_gone",
    "It deletes the diary": f"{STORE}diary_store.py::test_a_phrase_opens_until",
    "words that the database could not take": f"{U}kept_words.py::test_words_that_the_store_does_not_take",
    "the key itself": f"{U}channel_http.py::test_a_conversation_opens_with_a_greeting",
    "Content tables hold nothing about people.": f"{HERE}::test_the_tables_hold_what_the_page_says",
    "A conversation is a random id": f"{U}channel_turns.py::test_an_answer_has_an_id",
    "Of a ranking of topics": f"{STORE}tracker_store.py::test_what_is_stored_of_a_message_is_small",
    "Words are on its disk before": f"{U}journal.py::test_it_returns_only_when_file_and_folder_are_flushed",
    "It is bounded, and no conversation": f"{U}journal.py::test_nobody_is_put_out_for_somebody_else",
    "Words that come with an invented key": f"{U}kept_words.py::test_invented_tokens_fill_no_disk",
    "Where words cannot be kept": f"{U}kept_words.py::test_where_nothing_can_be_kept",
    "The network address of a caller": f"{HERE}::test_addresses_are_counted_in_memory_for_a_minute",
    "Where a Redis is set": f"{STORE}processes.py::test_servers_count_together_in_redis",
    "Other servers drop": f"{STORE}two_servers.py::test_what_is_forgotten_here",
    "At most 500 conversations": f"{HERE}::test_trackers_in_memory_are_as_few_and_as_short_lived",
    "Messages are read in processes": f"{U}reading_workers.py::test_what_was_read_is_gone_when_the_processes",
    "Metrics and traces hold counts": f"{U}telemetry.py::test_no_words_are_in_a_span",
    "Neither is on unless": f"{U}telemetry.py::test_without_a_setting_nothing_listens",
    "`make report` shows words only": f"{STORE}report.py::test_words_are_shown_only_where",
    "No log holds words of a person": f"{U}redacted_log.py::test_whoever_logs_prints_or_fails",
    "Of an error its kind": f"{U}redacted_log.py::test_whoever_logs_prints_or_fails",
    "What a library prints": f"{U}redacted_log.py::test_whoever_logs_prints_or_fails",
    "The logs, the database and the journal": f"{HERE}::test_files_are_for_the_user_that_runs_the_service_alone",
    "Forgetting a conversation deletes": f"{C}answers.py::test_forgetting",
    "It empties the journal": f"{U}kept_words.py::test_forgetting_takes_them_out_of_the_journal",
    "A turn that is running is ended": f"{U}channel_turns.py::test_forgetting_while_a_turn_runs",
    "If the database cannot be reached": f"{U}channel_turns.py::test_forgetting_fails_openly",
    "In SQLite, what is deleted": f"{STORE}conversations_store.py::test_no_file_of_the_database_holds",
    "A conversation expires": f"{HERE}::test_the_numbers_of_the_page_are_those_of_the_settings",
    "It is then deleted the next time": f"{U}channel_turns.py::test_expired_conversations_are_deleted",
    "Backups are the operator's": f"{HERE}::test_a_new_conversation_says_how_long_backups_are_kept",
    "`make run` listens": f"{HERE}::test_make_run_listens_on_this_machine_alone",
    "Rasa's own channels": f"{U}channel_http.py::test_rasas_own_channels",
    "Nothing is sent to a third party": f"{HERE}::test_nothing_is_sent_to_a_third_party",
    "`X-Forwarded-For` is believed": f"{U}admission.py::test_nobody_makes_up_an_address",
}


def sentences() -> list[str]:
    """The sentences of the page, and the first cell of each row of its table."""
    found: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("|") and not line.startswith(("| what", "|---")):
            found.append(line.strip("| ").split(" | ")[0])
        elif line and not line.startswith(("#", "|")):
            plain = re.sub(r"\*\*[^*]+\*\* ", "", line)
            found += re.split(r"(?<=[.]) (?=[A-Z`])", plain)
    return found


def test_every_sentence_is_in_the_table() -> None:
    written = sentences()
    assert [one for one in written if sum(one.startswith(known) for known in TESTS) != 1] == []
    assert [known for known in TESTS if not any(one.startswith(known) for one in written)] == []


@pytest.mark.parametrize("test", sorted(set(TESTS.values())))
def test_the_test_that_is_named_is_there(test: str) -> None:
    path, name = test.split("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert any(isinstance(node, ast.FunctionDef) and node.name.startswith(name) for node in tree.body), test


def test_what_people_say_is_health_data() -> None:
    from bot.content.reader import read_content

    assert len(read_content().red_flags) > 40  # what the assistant looks for in words are signs of illness


def test_the_tables_hold_what_the_page_says() -> None:
    assert {"text", "shown", "messages", "status", "at", "started_at", "answered_at"} <= set(turns.columns.keys())
    known = {"id", "token_hash", "region", "lang", "created_at", "last_used_at", "expires_at"}
    assert set(conversations.columns.keys()) == known
    said = {"number", "conversation_id", "message_id", "helpful", "comment", "may_be_read", "at"}
    assert set(feedback.columns.keys()) == said
    walk = {"number", "conversation_id", "id", "day", "minutes", "pain", "later", "note"}
    assert set(diary_entries.columns.keys()) == walk
    assert set(diary_before.columns.keys()) == {"conversation_id", "message_id", "entries"}
    assert set(phrases.columns.keys()) == {"conversation_id", "locator", "phrase_hash"}
    assert set(more_keys.columns.keys()) == {"token_hash", "conversation_id", "at"}
    assert set(documents.columns.keys()) == {"kind", "id", "position", "body"}
    assert not documents.foreign_keys


def test_addresses_are_counted_in_memory_for_a_minute() -> None:
    from bot.channel.admission import RateLimits

    limits = RateLimits(Settings())
    assert type(limits._storage).__name__ == "MemoryStorage"
    assert {item.get_expiry() for item in limits._limits.values()} == {60}


def test_trackers_in_memory_are_as_few_and_as_short_lived() -> None:
    assert (tracker_cache.MOST, tracker_cache.SECONDS) == (500, 600)


def test_the_numbers_of_the_page_are_those_of_the_settings() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"`SESSION_DAYS` ({Settings.__fields__['session_days'].default})" in page
    assert f"`BACKUP_DAYS`, {Settings.__fields__['backup_days'].default})" in page


def test_a_new_conversation_says_how_long_backups_are_kept() -> None:
    from tests.channel_kit import bench, run

    async def test() -> None:
        async with bench(backup_days=3) as bot:
            assert (await bot.open())["backup_days"] == 3

    run(test)


def test_files_are_for_the_user_that_runs_the_service_alone(tmp_path: Path) -> None:
    from bot.knowledge import FileJournal, SqlConversationStore, make_engine, upgrade

    url = f"sqlite:///{tmp_path / 'data' / 'x.sqlite3'}"
    upgrade(url)
    SqlConversationStore(make_engine(url)).check()
    FileJournal(tmp_path / "journal", most_bytes=2**20).check()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 2
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    told = (ROOT / "scripts" / "supervision.py").read_text(encoding="utf-8")
    assert "umask=077" in told  # what supervisord writes, logs included
    script = (ROOT / "scripts" / "run.py").read_text(encoding="utf-8")
    assert "os.umask(0o077)" in script


def test_make_run_listens_on_this_machine_alone() -> None:
    script = (ROOT / "scripts" / "run.py").read_text(encoding="utf-8")
    assert 'values.get("INTERFACE", "127.0.0.1")' in script


def test_nothing_is_sent_to_a_third_party() -> None:
    from bot.channel import headers

    assert "RASA_TELEMETRY_ENABLED := false" in (ROOT / "Makefile").read_text(encoding="utf-8")
    assert '"RASA_TELEMETRY_ENABLED": "false"' in (ROOT / "scripts" / "train.py").read_text(encoding="utf-8")
    sources = {source for part in headers.PAGE_POLICY.split("; ") for source in part.split()[1:]}
    assert not [source for source in sources if "." in source or source == "*" or ":" in source]
