#!/bin/sh
# Which Python the environment is made from: Debian's own, where it is new enough and can do all that
# is asked of it. It is built with what it learnt from running, and does the same work in a tenth less
# time than one that was built without; which is what "python3" often is on a developer's machine.
debian=/usr/bin/python3
"$debian" - 2> /dev/null <<'CAN' && echo "$debian" || echo python3
import ensurepip, os, sys, sysconfig, venv
headers = os.path.join(sysconfig.get_paths()["include"], "Python.h")
sys.exit(sys.version_info < (3, 11) or not os.path.exists(headers))
CAN
