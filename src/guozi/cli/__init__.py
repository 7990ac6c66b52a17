"""The command ``guozi``."""


def main() -> int:
    """Run the command line."""
    return 0
