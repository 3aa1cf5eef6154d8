"""What the tests of the door share."""

from tests.identity.forger import liar as liar
