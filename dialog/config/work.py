"""The settings of working at an office."""

from dialog.config.environment import text


def personnel_adapter() -> str:
    """Over HTTP where the register's address is known; else there is none to ask."""
    known = text("PERSONNEL_REGISTER_URL", "")
    return "dialog.adapters.personnel_register.HttpPersonnelRegister" if known else ""
