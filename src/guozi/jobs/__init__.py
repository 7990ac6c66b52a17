"""Long work with a progress bar: a row per job, run by the worker in the requester's scope.

A room that has long work registers a function under a name with :func:`guozi.jobs.registry.job`; a
view starts it with :func:`guozi.jobs.services.start` and shows ``jobs/_progress.html``.
"""
