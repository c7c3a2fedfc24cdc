"""The images: which there are, what each is made from, and making what is missing.

An image's tag is a digest of all that goes into it: its recipe (a Dockerfile), the tag of its
parent, the agent it carries. So an image that exists under its tag is right, one that does not
has to be built, and no change can go unnoticed. The digest is the same on every machine.

`image_plan` only reads files; `ensure_images` is the part that talks to an engine, through the
classic builder's API, which every engine has (and Podman's socket too). Building takes the host's
network, so that an engine without a bridge of its own will do.

Importing it costs the SDK's 90 ms: only for whoever uses Docker.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import tarfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docker import DockerClient
from docker.errors import APIError, DockerException, ImageNotFound
from requests.exceptions import RequestException

from grader.resources import PACKAGE, data_dir, setup_command
from grader.testbed.engine import EngineError

BASE_IMAGE = "debian:trixie-slim"
IMAGE_LABEL = "grader.image"
PARENTS = {
    "base": BASE_IMAGE,
    "python": "base",
    "c": "base",
    "java": "base",
    "sidecar": "base",
    "browser": "base",
}
"""Each image of ours and what it is built on, parents first."""

OPTIONAL = frozenset({"browser"})
"""Those that nobody needs to have: what they are for is skipped without them."""

NEEDED = tuple(name for name in PARENTS if name not in OPTIONAL)

LOG_LINES = 12
STALE_AFTER = 24 * 3600
PATIENCE = 3600

Progress = Callable[[str], None]


class ImageError(EngineError):
    """An image cannot be made; the text tells a person why, and what to do."""


@dataclass(frozen=True)
class Image:
    """One image as it should be: its tag names exactly this content."""

    name: str
    tag: str
    parent: str
    context: tuple[tuple[str, bytes], ...]
    """What the builder is given, as (path, content); the recipe is `Dockerfile`."""
    arguments: tuple[tuple[str, str], ...] = ()
    """The recipe's arguments beside PARENT, as (name, value)."""


# --- the plan: only reads files -----------------------------------------------------------------


def image_plan(recipes: Path | None = None, package: Path | None = None) -> dict[str, Image]:
    """Return every image of ours by name, parents first.

    `recipes` is the folder of `Dockerfile.<name>`, where what an image needs besides lies in
    `<name>/`; `package` the folder of the `grader` package, whose agent goes into the images.
    """
    recipes = recipes or data_dir("docker")
    package = package or PACKAGE
    agent = tuple(_agent_files(package))
    plan: dict[str, Image] = {}
    for name, parent in PARENTS.items():
        recipe = read(recipes / f"Dockerfile.{name}")
        context = [("Dockerfile", recipe), *_tree(recipes / name, name)]
        if b"\nCOPY agent/" in recipe:
            context.extend(agent)
        if b"\nCOPY browser/" in recipe:
            context.extend(_tree(package / "browser", "browser/grader/browser", "*.py"))
        parent_tag = plan[parent].tag if parent in plan else parent
        tag = f"grader-{name}:{digest(parent_tag, context)}"
        plan[name] = Image(name, tag, parent_tag, tuple(context))
    return plan


def _agent_files(package: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the package that run in containers: the agent's, and what makes it one."""
    yield "agent/grader/__init__.py", read(package / "__init__.py")
    yield from _tree(package / "agent", "agent/grader/agent", "*.py")


def _tree(folder: Path, prefix: str, pattern: str = "*") -> Iterator[tuple[str, bytes]]:
    paths = (path for path in folder.rglob(pattern) if path.is_file() and path.name[0] != ".")
    for path in sorted(paths, key=lambda path: path.relative_to(folder).as_posix()):
        yield f"{prefix}/{path.relative_to(folder).as_posix()}", read(path)


def read(path: Path) -> bytes:
    """Return what an image is made from; raises ImageError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImageError(f"an image's source is missing: {path} ({error.strerror})") from error


def digest(parent_tag: str, context: Iterable[tuple[str, bytes]]) -> str:
    """Return the digest of all that an image is made from, short enough for a tag."""
    total = hashlib.sha256(parent_tag.encode())
    for path, content in context:
        # Lengths keep one file's end apart from the next one's beginning.
        total.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:12]


def _archive(context: Iterable[tuple[str, bytes]]) -> io.BytesIO:
    """Pack a build context; equal contexts give equal archives, so that layers are reused."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path, content in context:
            entry = tarfile.TarInfo(path)
            entry.size, entry.mode, entry.mtime = len(content), 0o644, 0
            archive.addfile(entry, io.BytesIO(content))
    packed.seek(0)
    return packed


# --- making them --------------------------------------------------------------------------------


def ensure_images(
    client: DockerClient,
    names: Iterable[str] = NEEDED,
    progress: Progress = lambda _line: None,
    stale_after: float = STALE_AFTER,
) -> dict[str, str]:
    """Build what is missing of `names`, parents first; return the tag of each.

    After a build, images of ours with other digests are removed if they are unused and older than
    `stale_after` seconds: a second checkout on this machine may be about to use a recent one.
    Raises ImageError if one cannot be built, EngineError if the engine stops answering.
    """
    plan = image_plan()
    wanted = list(names)
    try:
        built = [_ensure(client, plan, name, progress) for name in wanted]
        if any(built):
            remove_stale(client, plan, {image.tag for image in plan.values()}, stale_after)
    except (DockerException, RequestException, OSError) as error:
        raise EngineError(f"the Docker engine stopped answering: {error}") from error
    return {name: plan[name].tag for name in wanted}


def images_there(client: DockerClient, names: Iterable[str]) -> dict[str, str]:
    """Return the tags of those images that are there, as they should be now.

    Raises EngineError if the engine stops answering.
    """
    plan = image_plan()
    try:
        return {name: plan[name].tag for name in names if is_there(client, plan[name].tag)}
    except (DockerException, RequestException, OSError) as error:
        raise EngineError(f"the Docker engine stopped answering: {error}") from error


def _ensure(client: DockerClient, plan: dict[str, Image], name: str, progress: Progress) -> bool:
    """Build one image unless it is there; return whether anything was built."""
    image = plan[name]
    if is_there(client, image.tag):
        return False
    if PARENTS[name] in plan:
        _ensure(client, plan, PARENTS[name], progress)
    progress(f"building image {image.tag}")
    begin = time.monotonic()
    build(client, image, progress)
    size = client.images.get(image.tag).attrs["Size"] / 1e6
    progress(f"  {name}: {time.monotonic() - begin:.0f} s, {size:.0f} MB")
    return True


def is_there(client: DockerClient, tag: str) -> bool:
    """Tell whether the engine has this image."""
    try:
        client.images.get(tag)
    except ImageNotFound:
        return False
    return True


def build(client: DockerClient, image: Image, progress: Progress) -> None:
    """Build an image; raises ImageError with the last lines of what was said."""
    log: deque[str] = deque(maxlen=LOG_LINES)
    try:
        chunks = client.api.build(
            fileobj=_archive(image.context),
            custom_context=True,
            tag=image.tag,
            buildargs={"PARENT": image.parent, **dict(image.arguments), **_proxies()},
            labels={IMAGE_LABEL: image.name},
            network_mode="host",
            rm=True,
            forcerm=True,
            decode=True,
            timeout=PATIENCE,
        )
        failure = _follow(chunks, log, progress)
    except APIError as error:
        failure = str(error.explanation or error)
    if failure:
        raise _why_not_built(client, image, failure, log)


def _follow(chunks: Iterable[dict[str, Any]], log: deque[str], progress: Progress) -> str:
    """Read a build's output to its end; return the engine's reason if it failed, else nothing."""
    failure = ""
    for chunk in chunks:
        failure = failure or str(chunk.get("error", ""))
        for line in str(chunk.get("stream", "")).splitlines():
            if line.strip():
                log.append(line.rstrip())
            # Only what runs a shell takes long enough to be worth a line.
            if re.match(r"Step \S+ : RUN \w", line):
                progress("  " + " ".join(line.split())[:70])
    return failure


def _why_not_built(
    client: DockerClient, image: Image, failure: str, log: Iterable[str]
) -> ImageError:
    problem = [f"image {image.tag} cannot be built: {failure}", *(f"  | {line}" for line in log)]
    if image.parent == BASE_IMAGE and not is_there(client, BASE_IMAGE):
        remedy = f"its base {BASE_IMAGE} is not there; this gets or makes it: {setup_command()}"
    else:
        remedy = (
            "building fetches Debian packages: see that this machine reaches a Debian mirror "
            f"(a proxy: set http_proxy), then: {setup_command()}"
        )
    return ImageError("\n".join(problem), remedy)


def _proxies() -> dict[str, str]:
    """Return the proxy settings of this machine: predefined arguments, which leave no trace."""
    names = ("http_proxy", "https_proxy", "no_proxy")
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def remove_stale(
    client: DockerClient, names: Iterable[str], current: set[str], stale_after: float
) -> None:
    """Remove the images of these names that have other tags, unless they are new or in use."""
    ours = tuple(f"grader-{name}:" for name in names)
    for image in client.api.images(filters={"label": IMAGE_LABEL}):
        if time.time() - image["Created"] < stale_after:
            continue
        for tag in image.get("RepoTags") or ():
            if tag.startswith(ours) and tag not in current:
                try:
                    client.api.remove_image(tag)
                except APIError:
                    continue  # a container runs on it: the next build's turn
