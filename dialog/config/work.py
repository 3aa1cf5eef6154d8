"""The settings of working at an office."""

from dialog.config.environment import text


def personnel_adapter() -> str:
    """Over HTTP where the register's address is known; else there is none to ask."""
    known = text("PERSONNEL_REGISTER_URL", "")
    return "dialog.adapters.personnel_register.HttpPersonnelRegister" if known else ""


def gp_adapter() -> str:
    """Over HTTP where the GP register's address is known; else there is none to ask."""
    known = text("GP_REGISTER_URL", "")
    return "dialog.adapters.gp_register.HttpGpRegister" if known else ""
