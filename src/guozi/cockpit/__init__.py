"""The pages a leader opens first: the city, one enterprise, search; nothing is stored here."""
