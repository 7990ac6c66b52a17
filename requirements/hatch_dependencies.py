"""Read the run-time dependencies of the wheel from ``base.in``, their one place."""

from pathlib import Path

from hatchling.metadata.plugin.interface import MetadataHookInterface


class BaseDependencies(MetadataHookInterface):
    """Fill ``project.dependencies`` from ``requirements/base.in``."""

    def update(self, metadata: dict) -> None:
        """Set the dependency list."""
        lines = Path(self.root, "requirements", "base.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]
