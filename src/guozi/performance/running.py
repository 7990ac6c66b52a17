"""The job of an evaluation run."""
