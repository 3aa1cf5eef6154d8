"""Maskinporten, which lets us in at the national registers (docs/maskinporten.md).

keys   prints the public halves of our keys (JWK), to be registered there
check  asks for a token for each register that wants one, and says how it went
"""

import json
from argparse import ArgumentParser, Namespace

from django.conf import settings

from dialog.adapters import asking, maskinporten
from dialog.adapters.oidc.refusals import Away
from dialog.cli.surroundings import Refusal


def arguments(parser: ArgumentParser) -> None:
    """What may be asked."""
    parser.add_argument("what", choices=["keys", "check"])


def run(options: Namespace) -> int:
    """Do it; no token and nothing secret is printed."""
    return _keys() if options.what == "keys" else _check()


def _keys() -> int:
    print(json.dumps(maskinporten.keys().published(), indent=2))
    return 0


def _check() -> int:
    asked = {name: one for name, one in settings.REGISTERS.items() if one.scope}
    if not asked:
        raise Refusal("No register is let in at with a token: set for one its …_REGISTER_SCOPE.")
    refused = 0
    for name, access in asked.items():
        wanted = asking.wanted(access)
        try:
            asking.tokens().ask(wanted)
        except Away as away:
            refused += 1
            print(f"{name}: no token for {wanted.scope}: {away.why}.")
        else:
            print(f"{name}: a token for {wanted.scope}.")
    return 1 if refused else 0
