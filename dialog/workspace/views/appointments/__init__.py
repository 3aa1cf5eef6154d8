"""Times at the office: the calendar, answers to wishes, and the timebooks they come from."""
