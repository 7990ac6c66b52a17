"""The Django project of Guozi: everything that has state, and every door to the core."""
