"""The files in ``deploy/`` fit the product they start."""

import re
from pathlib import Path

import pytest

from dialog.cli import COMMANDS

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.fixture
def unit():
    lines = (DEPLOY / "digital-dialog.service").read_text().splitlines()
    return [line.partition("=")[::2] for line in lines if "=" in line and line[0] not in "#;"]


@pytest.fixture
def proxy():
    text = (DEPLOY / "nginx.conf").read_text()
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def test_the_service_starts_a_command_that_there_is(unit):
    program, command = dict(unit)["ExecStart"].split()

    assert Path(program).name == "digital-dialog"
    assert command in COMMANDS


def test_the_service_is_nobody_in_particular_and_never_a_demonstration(unit):
    assert dict(unit)["User"] == "digital-dialog"
    assert not [value for _, value in unit if "demonstration" in value.lower()]


def test_what_the_service_sets_is_a_setting_that_is_told(unit):
    told = (DEPLOY.parent / ".env.example").read_text()
    names = {value.partition("=")[0] for name, value in unit if name == "Environment"}

    assert names - {"XDG_RUNTIME_DIR"} == {"DATA_DIR"}
    assert "DATA_DIR=" in told


def test_the_proxy_speaks_to_the_port_we_listen_on(proxy):
    assert "server 127.0.0.1:8000;" in proxy


def test_the_proxy_says_itself_how_the_visitor_came(proxy):
    assert re.search(r"proxy_set_header X-Forwarded-Proto \$scheme;", proxy)


def test_the_proxy_logs_nobodys_address_and_no_page(proxy):
    (written,) = re.findall(r"log_format \w+ '([^']*)'", proxy)

    assert not set(re.findall(r"\$\w+", written)) & {
        "$remote_addr",
        "$request",
        "$request_uri",
        "$args",
        "$http_referer",
        "$http_cookie",
    }


def test_the_proxy_takes_only_tls_that_keeps_each_connection_to_itself(proxy):
    with_tls = [one for one in proxy.split("server {") if "ssl" in one]

    assert len(with_tls) == 2
    for server in with_tls:
        assert re.search(r"ssl_protocols +TLSv1\.2 TLSv1\.3;", server)
        assert re.search(r"ssl_ciphers +ECDHE\+AESGCM:ECDHE\+CHACHA20:!", server)
        assert re.search(r"ssl_session_tickets +off;", server)


def test_a_name_that_is_not_ours_leads_nowhere(proxy):
    assert "$host" not in proxy.replace("proxy_set_header Host              $host;", "").replace(
        "proxy_set_header Host $host;", ""
    )
    assert "ssl_reject_handshake on;" in proxy


def test_the_proxy_tells_nobody_what_was_asked_for_when_something_fails(proxy):
    assert re.findall(r"error_log +\S+ (\w+);", proxy) == ["crit"]


def test_the_proxys_curly_brackets_are_closed(proxy):
    assert proxy.count("{") == proxy.count("}")
