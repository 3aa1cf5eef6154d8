"""Relays as processes: several at once, killed in the middle, and stopped politely."""

import sys
from pathlib import Path

from dialog.adapters import database_roles as roles
from tests.ledger.sealed import written
from tests.platform_processes import PATIENCE, Platform, as_admin, wait_until

LEFT = """
SELECT count(*) - (SELECT coalesce(sum(lines), 0) FROM ledger_seal) FROM ledger_entry
"""
RELAY = [sys.executable, "-m", "dialog", "relay"]


def test_whoever_is_killed_all_is_sealed_once_and_verifies(
    own_database: str, tmp_path: Path
) -> None:
    with as_admin(own_database) as admin:
        platform = Platform(own_database, admin, tmp_path, {})
        relays = [platform.program(f"relay-{n}", roles.RELAY, RELAY) for n in range(2)]
        for one in relays:
            one.start()
        try:
            for killed, comes_back in ((0, True), (1, False)):
                written(admin, 200)
                wait_until(lambda: platform.rows(LEFT)[0][0] == 0, platform)
                written(admin, 200)
                relays[killed].kill()
                if comes_back:
                    relays[killed].start()
            wait_until(lambda: platform.rows(LEFT)[0][0] == 0, platform)
        finally:
            for one in relays:
                one.end()
        words = [sys.executable, "-m", "dialog", "ledger", "verify"]
        verifies = platform.program("verify", roles.OWNER, words)
        verifies.start()
        assert verifies.process is not None
        code = verifies.process.wait(PATIENCE)
        said = verifies.log.read_text()
        batches = platform.rows("SELECT count(*) FROM ledger_seal")[0][0]
    heads = (tmp_path / "seal-heads").read_text().splitlines()

    assert code == 0, said
    assert said.endswith("Nothing waits to be sealed.\nEverything is as it was sealed.\n")
    assert len(heads) == batches
    assert (tmp_path / "seal-key.pem").stat().st_mode & 0o077 == 0
