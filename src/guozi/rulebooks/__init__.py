"""The rulebooks in force: the shipped texts (``library``) and the pages that show them."""
