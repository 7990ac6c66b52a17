"""Settings, environment, the database launcher, root addresses and the server's entry points."""
