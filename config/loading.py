"""The connections of an installation: each folder of `connections_dir` is one, and no two may overlap."""

import re
from collections.abc import Mapping
from pathlib import Path

from config.connection import Connection
from config.policy.overlap import overlap_problems
from config.policy.reading import Policy, read_policy
from config.policy.resolution import identity_of, resolved
from config.problems import NotUsable, Problem, did_you_mean
from config.settings import Settings

# Names stand in queues, keys and addresses of pages.
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


def connection_names(folder: Path) -> tuple[str, ...]:
    """The connections there are, by name. Raises NotUsable when there is none or a name is no name."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
    except OSError:
        names = []
    if not names:
        advice = "BATON_CONNECTIONS_DIR names the folder; each connection is a folder in it."
        raise NotUsable([Problem(str(folder), None, "", "holds no connection.", advice)])
    bad = [name for name in names if not _NAME.fullmatch(name)]
    if bad:
        advice = "Use lower-case letters, digits and hyphens."
        raise NotUsable(Problem(str(folder / name), None, "", "is no name for a connection.", advice) for name in bad)
    return tuple(names)


def read_policies(folder: Path, environ: Mapping[str, str]) -> tuple[Policy, ...]:
    """All connections' policies. Raises NotUsable with everything wrong in any of them, overlaps included."""
    policies, problems = _read_all(folder)
    problems += overlap_problems([identity_of(policy, environ) for policy in policies])
    if problems:
        raise NotUsable(problems)
    return tuple(policies)


def load_connections(settings: Settings, environ: Mapping[str, str]) -> tuple[Connection, ...]:
    policies = read_policies(settings.connections_dir, environ)
    connections, problems = [], list[Problem]()
    for policy in policies:
        try:
            connections.append(resolved(policy, environ, settings.pull))
        except NotUsable as error:
            problems += error.problems
    if problems:
        raise NotUsable(problems)
    return tuple(connections)


def load_connection(name: str, settings: Settings, environ: Mapping[str, str]) -> Connection:
    """One connection. Another one that is broken does not stop it; one that overlaps with it does."""
    return resolved(read_one_policy(name, settings.connections_dir, environ), environ, settings.pull)


def read_one_policy(name: str, folder: Path, environ: Mapping[str, str]) -> Policy:
    names = connection_names(folder)
    if name not in names:
        raise NotUsable([Problem(str(folder), None, "", f'has no connection "{name}".', did_you_mean(name, names))])
    policy = read_policy(folder / name)
    others = [other for other in _read_all(folder)[0] if other.name != name]
    mine = identity_of(policy, environ)
    problems = [each for other in others for each in overlap_problems([identity_of(other, environ), mine])]
    if problems:
        raise NotUsable(problems)
    return policy


def _read_all(folder: Path) -> tuple[list[Policy], list[Problem]]:
    policies, problems = [], list[Problem]()
    for name in connection_names(folder):
        try:
            policies.append(read_policy(folder / name))
        except NotUsable as error:
            problems += error.problems
    return policies, problems
