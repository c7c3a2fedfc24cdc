"""The Python packages of a course: an image of their own, on top of the one for Python programs.

Like every image, it has a digest of all that goes into it for its tag: the list of packages, the
recipe, its parent. A course without packages has none, and uses its parent. Fetching them needs a
network, on this machine and only while the image is built; a sandbox never has one.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from docker import DockerClient
from docker.errors import DockerException
from requests.exceptions import RequestException

from grader.resources import data_dir, setup_command
from grader.testbed.engine import EngineError
from grader.testbed.images import (
    STALE_AFTER,
    Image,
    ImageError,
    Progress,
    build,
    digest,
    ensure_images,
    image_plan,
    is_there,
    read,
    remove_stale,
)

NAME = "packages"
INDEX = "PIP_INDEX_URL"
CERTIFICATES = ("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE")


def certificates() -> bytes:
    """Return what this machine's own pip trusts (PEM), where a network looks into everything that
    is fetched; empty for what every Debian trusts.
    """
    named = (os.environ.get(name) for name in CERTIFICATES)
    found = (Path(path) for path in named if path)
    return next((read(path) for path in found if path.is_file()), b"")


def packages_image(packages: Sequence[str]) -> Image:
    """Return the image that has these packages, each written as pip takes it."""
    plan = image_plan()
    listed = "".join(f"{item}\n" for item in sorted(set(packages)))
    recipe = read(data_dir("docker") / f"Dockerfile.{NAME}")
    context = (("Dockerfile", recipe), ("requirements.txt", listed.encode("ascii")))
    parent = plan["python"].tag
    tag = f"grader-{NAME}:{digest(parent, context)}"  # where they come from makes no difference
    arguments = [("BASE", plan["base"].tag)]
    if os.environ.get(INDEX):
        arguments.append((INDEX, os.environ[INDEX]))
    whole = (*context, ("certificates.pem", certificates()))
    return Image(NAME, tag, parent, whole, tuple(arguments))


def ensure_packages(
    client: DockerClient,
    packages: Sequence[str],
    progress: Progress = lambda _line: None,
    stale_after: float = STALE_AFTER,
) -> str:
    """Return the tag of the image for Python programs with these packages, made if need be.

    Raises ImageError if it cannot be made, EngineError if the engine stops answering.
    """
    if not packages:
        return ensure_images(client, ["python"], progress)["python"]
    image = packages_image(packages)
    try:
        if is_there(client, image.tag):
            return image.tag
        ensure_images(client, ["base", "python"], progress)
        progress(f"installing {', '.join(sorted(set(packages)))} for student programs")
        try:
            build(client, image, progress)
        except ImageError as error:
            remedy = (
                "see that grade.yml spells every package as on PyPI, that the version exists, and "
                f"that this machine reaches it ({INDEX} names another index); then: "
                + setup_command()
            )
            raise ImageError(error.problem, remedy) from error
        remove_stale(client, [NAME], {image.tag}, stale_after)
    except (DockerException, RequestException, OSError) as error:
        raise EngineError(f"the Docker engine stopped answering: {error}") from error
    return image.tag
