"""Whole stories in a browser."""

from tests.journeys.walking import walks as walks
