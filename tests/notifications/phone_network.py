"""How the phone network counts a text (GSM 03.38; 3GPP TS 23.038)."""

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_TWICE = frozenset("^{}\\[~]|€")
LONGEST_GSM_7, LONGEST_UCS_2 = 160, 70


def segments(text: str) -> int:
    """How many messages a text costs on the phone network (GSM 03.38; 3GPP TS 23.038)."""
    if all(one in GSM_7 or one in GSM_7_TWICE for one in text):
        length = len(text) + sum(one in GSM_7_TWICE for one in text)
        return 1 if length <= LONGEST_GSM_7 else -(-length // 153)
    length = len(text.encode("utf-16-le")) // 2
    return 1 if length <= LONGEST_UCS_2 else -(-length // 67)
