"""Run as a script: ties itself to its parent's life, drops to an account if told so, then becomes the command.

    python -I leash.py SIGNAL PARENT_PID UID:GID:KEEP|- COMMAND [ARGUMENT…]

Linux sends SIGNAL when the parent dies, however it dies. Elsewhere the next `make up` finds what was left behind.
Only the standard library: it runs before anything of ours is on the path.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_SET_SECUREBITS = 28
SECBIT_NO_SETUID_FIXUP = 1 << 2
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
PARENT_IS_GONE = 75


def prctl(*arguments: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(*arguments, *[0] * (5 - len(arguments)))


def drop_to(uid: int, gid: int, *, keeps_file_access: bool) -> None:
    if keeps_file_access:
        prctl(PR_SET_KEEPCAPS, 1)
        # Without it access(2), by which initdb looks for its programs, answers as if the right were not there.
        prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if keeps_file_access:
        keep_file_access()


def keep_file_access() -> None:
    """PostgreSQL refuses to be root, but a checkout under /root (mode 0700) can only be entered by root.

    An ambient capability gives the account that one right, so that no permission on the machine has to be changed.
    """
    mask = 1 << CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    ctypes.CDLL(None, use_errno=True).capset(header, data)
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE)


def main(argv: list[str]) -> None:
    number, parent, account, *command = argv
    if account != "-":
        uid, gid, keep = (int(part) for part in account.split(":"))
        drop_to(uid, gid, keeps_file_access=bool(keep))
    # Changing the account clears the parent-death signal, so it is set after that.
    if sys.platform == "linux":
        prctl(PR_SET_PDEATHSIG, int(number))
    if os.getppid() != int(parent):
        sys.exit(PARENT_IS_GONE)
    os.execv(command[0], command)  # noqa: S606 - the command is ours, and a shell is what we avoid


if __name__ == "__main__":
    main(sys.argv[1:])
