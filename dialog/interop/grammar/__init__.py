"""Our own grammar of the messages: written from the facts, and said in plain words when broken."""

from dialog.interop.grammar.checking import Fault, faults_in, is_moment
from dialog.interop.grammar.compiled import is_right
from dialog.interop.grammar.rules import GRAMMAR

__all__ = ["GRAMMAR", "Fault", "faults_in", "is_moment", "is_right"]
