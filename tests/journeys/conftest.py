"""Whole stories in a browser."""

from tests.journeys.starting import started as started
from tests.journeys.walking import walks as walks
